import { expect, it } from 'vitest';
import { citationsOf, locationOf, problemOf } from '../../src/adapters/sources.ts';
import { citation } from '../support/citation.ts';

it('finds them in whatever a result carries', () => {
  expect(citationsOf({ citations: [citation, 'x', null] })).toEqual([citation]);
  expect(citationsOf({ citations: 'x' })).toEqual([]);
  expect(citationsOf(null)).toEqual([]);
});

it('writes a place on one line, and why it does not hold', () => {
  expect(locationOf(citation)).toBe('src/a.ts:4-9');
  expect(locationOf({ ...citation, path: 'a\n\x1b[2Jb.ts', endLine: null })).toBe('a b.ts:4');
  expect(locationOf({ ...citation, path: null })).toBe('');
  expect(problemOf(citation)).toBeNull();
  expect(problemOf({ ...citation, reason: 'not-said-by-agent' })).toBe('not said by this agent');
});
