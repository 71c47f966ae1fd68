import type { Requester, UsageReport } from '../../commands/services.ts';
import type { Budget, BudgetName } from '../../config/shape.ts';
import type { Visibility } from '../../history/history.ts';
import { sumUsage, type UsageFilter } from '../../history/usage.ts';
import type { Store } from '../../store/store.ts';
import type { Usage } from '../../usage.ts';
import type { Scope, Spent } from '../budgets.ts';

export interface UsageOptions {
  readonly store: Store;
  readonly budgets: Readonly<Record<BudgetName, Budget>>;
  now(): Date;
}

/** Sums for `/usage`, as far as they may be seen. */
export function usageReport(
  options: UsageOptions,
  visible: Visibility | undefined,
  who: { readonly requester: Requester; readonly conversation: string },
  since: Date | null,
): UsageReport {
  const { store, budgets } = options;
  const filter: UsageFilter = { ...(since === null ? {} : { since }), ...(visible === undefined ? {} : { visible }) };
  const spent = usedIn(options, { conversation: who.conversation, actorId: who.requester.author.id });
  const bounded = (['conversation', 'person', 'day'] as const).filter(
    (name) => budgets[name].usd !== null || budgets[name].tokens !== null,
  );
  return {
    total: sumUsage(store, 'total', filter)[0]?.usage ?? null,
    agents: sumUsage(store, 'agents', filter).map(({ name, usage }) => ({ agent: name, usage })),
    persons: sumUsage(store, 'persons', filter).map(({ name, usage }) => ({ person: name, usage })),
    days: sumUsage(store, 'days', filter).map(({ name, usage }) => ({ day: name, usage })),
    budgets: bounded.map((name) => ({ name, ...budgets[name], used: spent[name] })),
  };
}

/** What was spent in each scope before a turn, for its budgets. The agents' scope is that of the one that spent most. */
export function spentBefore(
  options: UsageOptions,
  turn: { readonly conversation: string; readonly actorId: string },
  agents: readonly string[],
): Readonly<Record<Scope, Spent>> {
  const used = usedIn(options, turn);
  const dayStart = startOfDay(options.now());
  const ofAgents = agents.map((agent) =>
    total(options.store, { agent: agent.split('/')[0] ?? agent, since: dayStart }),
  );
  return {
    question: spent(null),
    conversation: spent(used.conversation),
    person: spent(used.person),
    day: spent(used.day),
    agent: ofAgents.map(spent).toSorted((one, other) => other.tokens - one.tokens)[0] ?? spent(null),
  };
}

/** A person's and an agent's budget count by day, as the day's does; a conversation's over all its time. */
function usedIn(
  { store, now }: UsageOptions,
  { conversation, actorId }: { readonly conversation: string; readonly actorId: string },
) {
  const since = startOfDay(now());
  return {
    conversation: total(store, { conversation }),
    person: total(store, { actorId, since }),
    day: total(store, { since }),
  };
}

function total(store: Store, filter: UsageFilter): Usage | null {
  return sumUsage(store, 'total', filter)[0]?.usage ?? null;
}

function spent(usage: Usage | null): Spent {
  return usage === null
    ? { usd: 0, tokens: 0 }
    : { usd: usage.costUsd ?? 0, tokens: usage.inputTokens + usage.outputTokens };
}

function startOfDay(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}
