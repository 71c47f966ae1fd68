import { integer, text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** Row numbers, both inclusive, among which every entry of a period lies. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the entries of a period can be, found by halving instead of looking at each: between two set-backs of the clock, times grow
 * with the row numbers. Times are ISO 8601 UTC. Null when no entry lies in it.
 */
export function boundsOfPeriod(store: Store, since: string | null, until: string | null): Bounds | null {
  const last = integer(store.get('SELECT coalesce(max(sequence), 0) AS last FROM history')?.last);
  const steps = store.all('SELECT sequence FROM clock_steps ORDER BY sequence').map((row) => integer(row.sequence));
  const begins = [1, ...steps];
  const found = begins.flatMap((begin, index) => {
    const end = (begins[index + 1] ?? last + 1) - 1;
    const from = since === null ? begin : firstAfter(store, { from: begin, to: end }, (at) => at >= since);
    const to = until === null ? end : firstAfter(store, { from: begin, to: end }, (at) => at > until) - 1;
    return from <= to ? [{ from, to }] : [];
  });
  if (found.length === 0) return null;
  return { from: Math.min(...found.map((each) => each.from)), to: Math.max(...found.map((each) => each.to)) };
}

/** The lowest row number in the bounds from which on `reached` is true; one past them when it is true of none. Removed rows are stepped over. */
function firstAfter(store: Store, bounds: Bounds, reached: (at: string) => boolean): number {
  let low = bounds.from;
  let high = bounds.to + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = store.get(
      'SELECT sequence, at FROM history WHERE sequence BETWEEN ? AND ? ORDER BY sequence LIMIT 1',
      middle,
      high - 1,
    );
    if (row === undefined || reached(text(row.at))) high = middle;
    else low = integer(row.sequence) + 1;
  }
  return low;
}
