import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/config/suggest.ts';

const names = ['timeout', 'maxAsks', 'concurrentAsks', 'perPersonPerHour', 'command'];

describe('didYouMean', () => {
  it.each([
    ['timeot', 'timeout'],
    ['tiemout', 'timeout'],
    ['max_asks', 'maxAsks'],
    ['per_person_per_hour', 'perPersonPerHour'],
    ['concurrency', 'concurrentAsks'],
    ['timeoutMs', 'timeout'],
    ['commands', 'command'],
  ])('leads from %s to %s', (written, meant) => {
    expect(didYouMean(written, names)).toBe(` (did you mean "${meant}"?)`);
  });

  it.each([['color'], [''], ['x'], [12], [null], ['t'.repeat(100_000)]])('has nothing to offer for %o', (written) => {
    expect(didYouMean(written, names)).toBe('');
  });
});
