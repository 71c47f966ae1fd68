import { integer } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { visible } from './conditions.ts';
import type { History, HistoryEntry, HistoryFilter } from './history.ts';
import { boundsOfPeriod } from './period.ts';
import { entryColumns, entryOf, insertEntry, valuesOf } from './rows.ts';
import { selectPage } from './select.ts';

/** How many entries an export holds in memory at a time. */
const exportPage = 500;

/**
 * The history in the store. An entry appended inside a transaction of the store is part of it.
 * Its failures are the UserErrors of the store.
 */
export function createHistory(store: Store, now: () => Date = () => new Date()): History {
  return {
    append(entry) {
      const at = now().toISOString();
      const row = store.get(insertEntry, ...valuesOf(entry, at));
      const { agents: _agents, actorId: _actorId, ...shown } = entry;
      return { id: String(integer(row?.sequence)), at, ...shown };
    },
    list(filter) {
      const before = filter.before === undefined ? null : rowNumber(filter.before);
      return selectPage(store, filter, { before, after: null, order: 'DESC', limit: filter.limit }).map(entryOf);
    },
    get(id, visibility) {
      const conditions = [
        { sql: 'history.sequence = ?', values: [rowNumber(id)] },
        ...(visibility === undefined ? [] : visible(visibility)),
      ];
      const row = store.get(
        `SELECT ${entryColumns} FROM history WHERE ${conditions.map((each) => each.sql).join(' AND ')}`,
        ...conditions.flatMap((each) => each.values),
      );
      return row === undefined ? null : entryOf(row);
    },
    export: (filter) => exported(store, filter),
    prune: (before, limit = 1000) => prune(store, before.toISOString(), limit),
  };
}

/** A page at a time, so that neither the memory nor a reading transaction grows with it; entries made meanwhile are not in it. */
function* exported(store: Store, filter: Omit<HistoryFilter, 'limit'>): Generator<HistoryEntry> {
  const end = integer(store.get('SELECT coalesce(max(sequence), 0) + 1 AS following FROM history')?.following);
  const before = filter.before === undefined ? end : Math.min(end, rowNumber(filter.before));
  let after = 0;
  for (;;) {
    const rows = selectPage(store, filter, { before, after, order: 'ASC', limit: exportPage });
    yield* rows.map(entryOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < exportPage) return;
    after = integer(last.sequence);
  }
}

function prune(store: Store, before: string, limit: number): number {
  const bounds = boundsOfPeriod(store, null, before);
  if (bounds === null) return 0;
  return store.run(
    `DELETE FROM history WHERE sequence IN
      (SELECT sequence FROM history WHERE at < ? AND sequence <= ? ORDER BY sequence LIMIT ?)`,
    before,
    bounds.to,
    limit,
  );
}

/** The row number that an id is; one that no row has for what is no id. */
function rowNumber(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : 0;
}
