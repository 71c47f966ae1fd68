import { expect, test } from 'vitest';
import { concludeReserve, mindCallLimit } from '../../src/moderator/budget.ts';

const second = 1_000;
const minute = 60 * second;

test.each([
  { turn: 30 * minute, reserve: 3 * minute },
  { turn: 2 * 60 * minute, reserve: 3 * minute },
  { turn: 15 * minute, reserve: 90 * second },
  { turn: 5 * minute, reserve: 60 * second },
  { turn: 2 * minute, reserve: 40 * second },
  { turn: 3 * second, reserve: second },
])('of $turn ms, $reserve ms are kept for concluding', ({ turn, reserve }) => {
  expect(concludeReserve(turn)).toBe(reserve);
});

test('a mind call takes five minutes at most, and never longer than the turn', () => {
  expect(mindCallLimit(60 * minute)).toBe(5 * minute);
  expect(mindCallLimit(20 * second)).toBe(20 * second);
  expect(mindCallLimit(-5)).toBe(0);
});
