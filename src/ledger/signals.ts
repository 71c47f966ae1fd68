import { json, text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Signal } from './ledger.ts';

/** Stop, drop, steer: rows for whoever owns the turn, this process or another. */

/** Leaves a signal for the owner of a turn, a later one included; nothing for a turn that is settled or unknown. */
export function signal(store: Store, turnId: string, sent: Signal): void {
  store.run(
    `INSERT INTO signals (turn, signal) SELECT sequence, ? FROM turns WHERE id = ? AND state <> 'settled'`,
    JSON.stringify(sent),
    turnId,
  );
}

/** Takes what was left for turns of this instance. */
export function takeSignals(store: Store): readonly { readonly turnId: string; readonly signal: Signal }[] {
  const waiting = `SELECT signals.sequence, turns.id, signals.signal FROM signals
    JOIN turns ON turns.sequence = signals.turn WHERE turns.owner = ? ORDER BY signals.sequence`;
  // Looked at before it is written to: this is asked often, and mostly there is nothing.
  if (store.get(waiting, store.instance) === undefined) return [];
  return store.transaction(() => {
    const rows = store.all(waiting, store.instance);
    const numbers = JSON.stringify(rows.map((row) => row.sequence));
    store.run('DELETE FROM signals WHERE sequence IN (SELECT value FROM json_each(?))', numbers);
    return rows.map((row) => ({ turnId: text(row.id), signal: json<Signal>(row.signal) }));
  });
}
