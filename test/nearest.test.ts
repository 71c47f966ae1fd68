import { describe, expect, it } from 'vitest';
import { distance, nearest } from '../src/nearest.ts';

describe('distance', () => {
  it.each([
    ['', '', 0],
    ['api', 'api', 0],
    ['', 'api', 3],
    ['api', '', 3],
    ['aip', 'api', 1],
    ['ap', 'api', 1],
    ['apii', 'api', 1],
    ['opi', 'api', 1],
    ['kitten', 'sitting', 3],
    ['histroy', 'history', 1],
    ['😀a', '😃a', 1],
  ])('counts the edits from %o to %o as %i', (from, to, edits) => {
    expect(distance(from, to)).toBe(edits);
    expect(distance(to, from)).toBe(edits);
  });
});

describe('nearest', () => {
  it('offers names one edit away for short words and two for longer ones', () => {
    expect(nearest('stpo', ['stop', 'step', 'sto'])).toEqual(['stop', 'sto']);
    expect(nearest('histri', ['history'])).toEqual(['history']);
    expect(nearest('aaa', ['api', 'web'])).toEqual([]);
  });

  it('offers names that begin with what was written, after those that are misspelled', () => {
    expect(nearest('wor', ['worktree', 'worker', 'work'])).toEqual(['work', 'worktree', 'worker']);
  });

  it('does not mind case, and offers nothing for nothing', () => {
    expect(nearest('API', ['api'])).toEqual(['api']);
    expect(nearest('', ['api'])).toEqual([]);
  });
});
