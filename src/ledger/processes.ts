import type { ProcessIdentity } from '../agents/provider.ts';
import { jsonOrNull, text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { ownedTurn } from './ground.ts';
import type { Adopted } from './ledger.ts';

/** Provider processes beside the asks' own: those of mind calls. */

/** Records the process of a mind call; again when more of it is known. */
export function processStarted(store: Store, id: string, turnId: string, process: ProcessIdentity | null): void {
  store.transaction(() => {
    store.run(
      'INSERT OR REPLACE INTO processes (id, turn, process) VALUES (?, ?, ?)',
      ...[id, ownedTurn(store, turnId), process === null ? null : JSON.stringify(process)],
    );
  });
}

/** Forgets it: it has ended. */
export function processEnded(store: Store, id: string): void {
  store.run('DELETE FROM processes WHERE id = ?', id);
}

/** All that may still run of turns that nobody alive owns. */
export function orphans(store: Store): Adopted['orphans'] {
  return store
    .all(
      `SELECT asks.id, asks.process FROM asks JOIN turns ON turns.sequence = asks.turn
          WHERE turns.done = 0 AND turns.owner IS NULL
        UNION ALL
        SELECT processes.id, processes.process FROM processes JOIN turns ON turns.sequence = processes.turn
          WHERE turns.done = 0 AND turns.owner IS NULL`,
    )
    .map((row) => ({ askId: text(row.id), process: jsonOrNull<ProcessIdentity>(row.process) }));
}
