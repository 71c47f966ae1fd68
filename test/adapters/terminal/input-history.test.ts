import { describe, expect, it } from 'vitest';
import { inputHistory, look, remember, search } from '../../../src/adapters/terminal/input-history.ts';

const history = inputHistory(['alpha', 'beta', 'alphabet']);

describe('former lines', () => {
  it('come back from the newest to the oldest, and then the draft again', () => {
    const first = look(history, 1, 'draft');
    expect(first?.line).toBe('alphabet');
    const second = look(first?.history ?? history, 1, 'alphabet');
    expect(second?.line).toBe('beta');
    const third = look(second?.history ?? history, 1, 'beta');
    expect(look(third?.history ?? history, 1, 'alpha')).toBeNull();
    expect(look(first?.history ?? history, -1, 'alphabet')?.line).toBe('draft');
    expect(look(history, -1, 'draft')).toBeNull();
  });

  it('are kept once when sent twice in a row', () => {
    expect(remember(history, 'alphabet').entries).toHaveLength(3);
    expect(remember(history, 'alpha').entries).toEqual(['alpha', 'beta', 'alphabet', 'alpha']);
  });

  it('are found by what they hold, older and older', () => {
    expect(search(history, 'ALPHA')).toBe(1);
    expect(search(history, 'alpha', 1)).toBe(3);
    expect(search(history, 'alpha', 3)).toBeNull();
  });
});
