import { expect, test } from 'vitest';
import type { Budget, BudgetName } from '../../src/config/shape.ts';
import { budgetBound, type Scope, type Spent, usdLeft } from '../../src/runtime/budgets.ts';

const none: Budget = { usd: null, tokens: null };
const unbounded: Record<BudgetName, Budget> = {
  question: none,
  run: none,
  conversation: none,
  agent: none,
  person: none,
  day: none,
};
const zero: Spent = { usd: 0, tokens: 0 };
const unspent: Record<Scope, Spent> = { question: zero, conversation: zero, agent: zero, person: zero, day: zero };
const usage = { inputTokens: 900, outputTokens: 100, cachedTokens: 0, costUsd: 0.5 };

test('nothing bounds what has no budget', () => {
  expect(budgetBound(unbounded, unspent, usage)).toBeNull();
  expect(usdLeft(unbounded, unspent, usage)).toBeNull();
});

test('what was spent before counts together with this turn', () => {
  const budgets = { ...unbounded, day: { usd: 2, tokens: null } };
  expect(budgetBound(budgets, { ...unspent, day: { usd: 1.4, tokens: 0 } }, usage)).toBeNull();
  expect(budgetBound(budgets, { ...unspent, day: { usd: 1.5, tokens: 0 } }, usage)).toEqual({
    reason: 'the budget for today ($2.00) is used up',
    conclude: true,
  });
});

test('tokens bound what names no cost', () => {
  const budgets = { ...unbounded, question: { usd: 5, tokens: 1000 } };
  expect(budgetBound(budgets, unspent, { ...usage, costUsd: null })?.reason).toBe(
    'the budget for this question (1k tokens) is used up',
  );
});

test('what is left is that of the narrowest budget', () => {
  const budgets = { ...unbounded, question: { usd: 5, tokens: null }, person: { usd: 3, tokens: null } };
  expect(usdLeft(budgets, { ...unspent, person: { usd: 1, tokens: 0 } }, usage)).toBe(1.5);
});
