import { expect, test } from 'vitest';
import { systemClock } from '../../src/runtime/clock.ts';

test('spans never run backwards', () => {
  const before = systemClock.monotonic();
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before);
  expect(systemClock.now()).toBeInstanceOf(Date);
});
