import type { OutboxPart } from '../adapters/adapter.ts';
import { integer } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { ownedTurnOfPart } from './ground.ts';
import type { OutboxRecord } from './ledger.ts';
import { outboxOf, turnAt } from './rows.ts';

/** What a settled turn has to deliver, and how far that has come. */

/** Puts the parts in; a turn that has none is done with. */
export function addParts(store: Store, turn: number, parts: readonly Omit<OutboxPart, 'again'>[]): void {
  for (const part of parts) {
    store.run(
      `INSERT INTO parts (id, turn, position, part, state) VALUES (?, ?, ?, ?, 'pending')`,
      ...[part.id, turn, part.position, JSON.stringify(part)],
    );
  }
  finishDelivered(store, turn);
}

/** From here on nobody knows whether the platform has it, until `sent`. */
export function sending(store: Store, partId: string): void {
  store.transaction(() => {
    ownedTurnOfPart(store, partId);
    store.run(`UPDATE parts SET state = 'sending' WHERE id = ?`, partId);
  });
}

/** The platform has it. */
export function sent(store: Store, partId: string, platformId: string | null): void {
  store.transaction(() => {
    const turn = ownedTurnOfPart(store, partId);
    store.run(`UPDATE parts SET state = 'sent', platform_id = ? WHERE id = ?`, platformId, partId);
    finishDelivered(store, turn);
  });
}

/** What this instance still has to deliver of a turn, in order. */
export function unsent(store: Store, turnId: string): readonly OutboxRecord[] {
  const rows = store.all(
    `SELECT parts.* FROM parts JOIN turns ON turns.sequence = parts.turn
      WHERE turns.id = ? AND turns.owner = ? AND parts.state <> 'sent' ORDER BY parts.position`,
    turnId,
    store.instance,
  );
  const [first] = rows;
  if (first === undefined) return [];
  const { message } = turnAt(store, integer(first.turn));
  return rows.map((row) => outboxOf(row, message));
}

function finishDelivered(store: Store, turn: number): void {
  store.run(
    `UPDATE turns SET done = 1, owner = NULL
      WHERE sequence = ? AND NOT EXISTS (SELECT 1 FROM parts WHERE turn = ? AND state <> 'sent')`,
    turn,
    turn,
  );
}
