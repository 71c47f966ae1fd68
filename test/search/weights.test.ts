import { expect, it } from 'vitest';
import {
  FILE_WEIGHTS,
  FILE_WEIGHTS_WITHOUT_HISTORY,
  ROUTING_WEIGHTS_WITHOUT_HISTORY,
} from '../../src/search/weights.ts';

it('never holds it against a file that it has more of the question', () => {
  for (const { signs, relative, fit } of [FILE_WEIGHTS, FILE_WEIGHTS_WITHOUT_HISTORY]) {
    const all = [...Object.values(signs), ...Object.values(relative), fit];
    expect(all.filter((weight) => weight < 0)).toEqual([]);
  }
});

it('puts sources before everything else that says the same', () => {
  for (const { kinds } of [FILE_WEIGHTS, FILE_WEIGHTS_WITHOUT_HISTORY]) {
    expect(Math.max(...Object.values(kinds))).toBe(kinds.source);
  }
});

it('goes by no history where there is none', () => {
  const { signs, relative } = FILE_WEIGHTS_WITHOUT_HISTORY;
  expect([signs.history, signs.similarChanges, signs.recentChanges, relative.history]).toEqual([0, 0, 0, 0]);
  expect([ROUTING_WEIGHTS_WITHOUT_HISTORY.history, ROUTING_WEIGHTS_WITHOUT_HISTORY.bestChange]).toEqual([0, 0]);
});
