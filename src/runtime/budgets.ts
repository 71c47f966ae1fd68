import type { Budget, BudgetName } from '../config/shape.ts';
import { shortNumber } from '../format.ts';
import type { Bound } from '../moderator/moderator.ts';
import type { Usage } from '../usage.ts';

/** What was spent in a scope before this turn. */
export interface Spent {
  readonly usd: number;
  readonly tokens: number;
}

export type Scope = Exclude<BudgetName, 'run'>;

const words: Readonly<Record<Scope, string>> = {
  question: 'this question',
  conversation: 'this conversation',
  agent: 'the agents asked',
  person: 'this person',
  day: 'today',
};
const scopes: readonly Scope[] = ['question', 'conversation', 'agent', 'person', 'day'];

/** The first budget that is used up, in words for people; null while there is something left of all of them. */
export function budgetBound(
  budgets: Readonly<Record<BudgetName, Budget>>,
  before: Readonly<Record<Scope, Spent>>,
  usage: Usage | null,
): Bound | null {
  for (const scope of scopes) {
    const { usd, tokens } = budgets[scope];
    const spent = total(before[scope], usage);
    if (usd !== null && spent.usd >= usd) return used(scope, `$${usd.toFixed(2)}`);
    if (tokens !== null && spent.tokens >= tokens) return used(scope, `${shortNumber(tokens)} tokens`);
  }
  return null;
}

/** US dollars left of the narrowest budget; null where none bounds money. */
export function usdLeft(
  budgets: Readonly<Record<BudgetName, Budget>>,
  before: Readonly<Record<Scope, Spent>>,
  usage: Usage | null,
): number | null {
  const left = scopes.flatMap((scope) => {
    const { usd } = budgets[scope];
    return usd === null ? [] : [Math.max(0, usd - total(before[scope], usage).usd)];
  });
  return left.length === 0 ? null : Math.min(...left);
}

function total(before: Spent, usage: Usage | null): Spent {
  if (usage === null) return before;
  return { usd: before.usd + (usage.costUsd ?? 0), tokens: before.tokens + usage.inputTokens + usage.outputTokens };
}

/** The mind itself may still answer with what there is: that is little, and work that was paid for is not lost. */
function used(scope: Scope, amount: string): Bound {
  return { reason: `the budget for ${words[scope]} (${amount}) is used up`, conclude: true };
}
