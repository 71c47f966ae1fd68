import { integer } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Usage } from '../usage.ts';
import type { HistoryFilter } from './history.ts';
import { sourceOf, whereOf } from './select.ts';

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
  const { actorId, ...rest } = filter;
  const source = sourceOf(store, { ...rest, ...(actorId === undefined ? {} : { by: actorId }) });
  if (source === null) return [];
  const { sql, values } = whereOf([
    ...source.conditions,
    { sql: 'history.usage IS NOT NULL', values: [] },
    ...(by === 'agents' ? [{ sql: 'history.agent_base IS NOT NULL', values: [] }] : []),
    ...(actorId === undefined ? [] : [{ sql: 'history.actor_id = ?', values: [actorId] }]),
  ]);
  const rows = store.all(
    `SELECT ${groups[by]} AS name,
      sum(json_extract(history.usage, '$.inputTokens')) AS input, sum(json_extract(history.usage, '$.outputTokens')) AS output,
      sum(json_extract(history.usage, '$.cachedTokens')) AS cached, sum(json_extract(history.usage, '$.costUsd')) AS cost
      FROM ${source.from} ${sql} GROUP BY 1 ORDER BY 1`,
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
