import type { Value } from '../store/connection.ts';
import { integer } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Usage } from '../usage.ts';
import { conditionsOf } from './conditions.ts';
import type { HistoryFilter } from './history.ts';

export type UsageFilter = Pick<HistoryFilter, 'since' | 'visible'> & {
  readonly conversation?: string;
  readonly actorId?: string;
  readonly agent?: string;
};

/** One group of the sums: an agent's name, a person's, a day (UTC, YYYY-MM-DD), or the empty name for all together. */
export interface UsageSum {
  readonly name: string;
  readonly usage: Usage;
}

const groups = {
  total: "''",
  agents: 'history.agent_base',
  persons: 'history.actor',
  days: 'substr(history.at, 1, 10)',
} as const;

/** Sums over the history: every reply's usage, and what answers took beside them. A cost is null where nothing named one. */
export function sumUsage(store: Store, by: keyof typeof groups, filter: UsageFilter): readonly UsageSum[] {
  const values: Value[] = [];
  const conditions = ['history.usage IS NOT NULL'];
  const add = (sql: string, ...more: readonly Value[]) => {
    conditions.push(sql);
    values.push(...more);
  };
  if (by === 'agents') add('history.agent_base IS NOT NULL');
  if (filter.conversation !== undefined) add('history.conversation = ?', filter.conversation);
  if (filter.actorId !== undefined) add('history.actor_id = ?', filter.actorId);
  if (filter.agent !== undefined) add('history.agent_base = ?', filter.agent);
  for (const condition of conditionsOf(filter)) add(condition.sql, ...condition.values);
  const rows = store.all(
    `SELECT ${groups[by]} AS name,
      sum(json_extract(history.usage, '$.inputTokens')) AS input, sum(json_extract(history.usage, '$.outputTokens')) AS output,
      sum(json_extract(history.usage, '$.cachedTokens')) AS cached, sum(json_extract(history.usage, '$.costUsd')) AS cost
      FROM history WHERE ${conditions.join(' AND ')} GROUP BY 1 ORDER BY 1`,
    ...values,
  );
  return rows.map((row) => ({
    name: String(row.name ?? ''),
    usage: {
      inputTokens: integer(row.input),
      outputTokens: integer(row.output),
      cachedTokens: integer(row.cached),
      costUsd: typeof row.cost === 'number' ? row.cost : null,
    },
  }));
}
