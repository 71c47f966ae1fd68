import type { Row } from '../store/connection.ts';
import type { Store } from '../store/store.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { facetExpression } from './facets.ts';
import type { HistoryFilter } from './history.ts';
import { boundsOfPeriod } from './period.ts';
import { fullTextExpression } from './query.ts';

/** Row numbers to look among, both exclusive, in which direction, and how many at most. */
export interface Page {
  readonly after: number | null;
  readonly before: number | null;
  readonly order: 'ASC' | 'DESC';
  readonly limit: number;
}

/** The rows of a filter, a page at a time: one walk along the row numbers, or through the text index where anything is filtered. */
export function selectPage(store: Store, filter: Omit<HistoryFilter, 'limit' | 'before'>, page: Page): readonly Row[] {
  const timed = filter.since !== undefined || filter.until !== undefined;
  const bounds = timed
    ? boundsOfPeriod(store, filter.since?.toISOString() ?? null, filter.until?.toISOString() ?? null)
    : null;
  if (timed && bounds === null) return [];
  const match = expressionOf(filter);
  if (match === 'nothing') return [];
  const number = match === null ? 'history.sequence' : 'history_text.rowid';
  const conditions: readonly Condition[] = [
    ...(match === null ? [] : [{ sql: 'history_text MATCH ?', values: [match.expression] }]),
    ...(page.before === null ? [] : [{ sql: `${number} < ?`, values: [page.before] }]),
    ...(page.after === null ? [] : [{ sql: `${number} > ?`, values: [page.after] }]),
    ...(bounds === null ? [] : [{ sql: `${number} BETWEEN ? AND ?`, values: [bounds.from, bounds.to] }]),
    ...conditionsOf(filter),
  ];
  // The order of the join is given: otherwise the planner may walk all rows and ask the text index about each.
  const from = match === null ? 'history' : 'history_text CROSS JOIN history ON history.sequence = history_text.rowid';
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((each) => each.sql).join(' AND ')}`;
  return store.all(
    `SELECT history.* FROM ${from} ${where} ORDER BY ${number} ${page.order} LIMIT ?`,
    ...conditions.flatMap((each) => each.values),
    page.limit,
  );
}

/** Words that people look for and words of the filter, as one expression; `nothing` where a query has no word in it. */
function expressionOf(
  filter: Omit<HistoryFilter, 'limit' | 'before'>,
): { readonly expression: string } | 'nothing' | null {
  const words = filter.query === undefined ? null : fullTextExpression(filter.query);
  if (filter.query !== undefined && words === null) return 'nothing';
  const facets = facetExpression(filter);
  const parts = [
    ...(facets === null ? [] : [`facets : (${facets})`]),
    ...(words === null ? [] : [`{summary text} : (${words})`]),
  ];
  return parts.length === 0 ? null : { expression: parts.join(' AND ') };
}
