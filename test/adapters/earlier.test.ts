import { expect, test } from 'vitest';
import { chooseEarlier } from '../../src/adapters/earlier.ts';

const said = (count: number, length = 10) =>
  Array.from({ length: count }, (_, index) => ({ id: index, text: 'x'.repeat(length) }));
const idsOf = (messages: readonly { readonly id: number }[]) => messages.map(({ id }) => id);

test('The newest are chosen, and what must stay, in the order in which it was said', () => {
  const chosen = idsOf(chooseEarlier(said(50), ({ id }) => id === 0 || id === 7));
  expect(chosen).toHaveLength(20);
  expect(chosen.slice(0, 3)).toEqual([0, 7, 32]);
  expect(chosen.at(-1)).toBe(49);
});

test('No more is chosen than a prompt has room for, and long messages count as far as they are shown', () => {
  expect(idsOf(chooseEarlier(said(12, 100_000), ({ id }) => id === 0))).toEqual([0, 8, 9, 10, 11]);
});

test('All stays where there is room', () => {
  expect(chooseEarlier(said(5), () => false)).toHaveLength(5);
});
