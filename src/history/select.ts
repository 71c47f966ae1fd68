import type { Row, Value } from '../store/connection.ts';
import type { Store } from '../store/store.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { facetExpression } from './facets.ts';
import type { HistoryFilter } from './history.ts';
import { boundsOfPeriod } from './period.ts';
import { fullTextExpression } from './query.ts';
import { entryColumns } from './rows.ts';

/** What picks entries, apart from how many and in which order. */
export type Selection = Omit<HistoryFilter, 'limit' | 'before'>;

/** Row numbers to look among, both exclusive, in which direction, and how many at most. */
interface Page {
  readonly after: number | null;
  readonly before: number | null;
  readonly order: 'ASC' | 'DESC';
  readonly limit: number;
}

/** Pieces of one SELECT over the rows of a selection. */
export interface Source {
  readonly from: string;
  /** The column that is the row number where the walk is along it. */
  readonly number: string;
  readonly conditions: readonly Condition[];
}

/**
 * The rows of a selection, a page at a time. Row numbers are given as BigInt: other numbers reach SQLite as fractions, and with those
 * the text index walks to a row number instead of going there.
 */
export function selectPage(store: Store, selection: Selection, page: Page): readonly Row[] {
  const source = sourceOf(store, selection);
  if (source === null) return [];
  const { sql, values } = whereOf([
    ...source.conditions,
    ...(page.before === null ? [] : [{ sql: `${source.number} < ?`, values: [BigInt(page.before)] }]),
    ...(page.after === null ? [] : [{ sql: `${source.number} > ?`, values: [BigInt(page.after)] }]),
  ]);
  return store.all(
    `SELECT ${entryColumns} FROM ${source.from} ${sql} ORDER BY ${source.number} ${page.order} LIMIT ?`,
    ...values,
    page.limit,
  );
}

/** One walk along the row numbers, or through the text index where anything is filtered; null where nothing can be found. */
export function sourceOf(store: Store, selection: Selection): Source | null {
  const match = expressionOf(selection);
  if (match === 'nothing') return null;
  const number = match === null ? 'history.sequence' : 'history_text.rowid';

  const { since, until } = selection;
  const timed = since !== undefined || until !== undefined;
  const bounds = timed ? boundsOfPeriod(store, since?.toISOString() ?? null, until?.toISOString() ?? null) : null;
  if (timed && bounds === null) return null;
  return {
    // The order of the join is given: otherwise the planner may walk all rows and ask the text index about each.
    from: match === null ? 'history' : 'history_text CROSS JOIN history ON history.sequence = history_text.rowid',
    number,
    conditions: [
      ...(match === null ? [] : [{ sql: 'history_text MATCH ?', values: [match.expression] }]),
      ...(bounds !== null
        ? [{ sql: `${number} BETWEEN ? AND ?`, values: [BigInt(bounds.from), BigInt(bounds.to)] }]
        : []),
      ...conditionsOf(selection),
    ],
  };
}

/** All conditions as one WHERE. */
export function whereOf(conditions: readonly Condition[]): { readonly sql: string; readonly values: readonly Value[] } {
  if (conditions.length === 0) return { sql: '', values: [] };
  return {
    sql: `WHERE ${conditions.map((each) => each.sql).join(' AND ')}`,
    values: conditions.flatMap((each) => each.values),
  };
}

/** Words that people look for and words of the filter, as one expression; `nothing` where a query has no word in it. */
function expressionOf(selection: Selection): { readonly expression: string } | 'nothing' | null {
  const words = selection.query === undefined ? null : fullTextExpression(selection.query);
  if (selection.query !== undefined && words === null) return 'nothing';
  const facets = facetExpression(selection);
  const parts = [
    ...(facets === null ? [] : [`facets : (${facets})`]),
    ...(words === null ? [] : [`{summary text} : (${words})`]),
  ];
  return parts.length === 0 ? null : { expression: parts.join(' AND ') };
}
