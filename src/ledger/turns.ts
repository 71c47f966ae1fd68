import { randomBytes } from 'node:crypto';
import type { InboundMessage, OutboxPart, TurnResult } from '../adapters/adapter.ts';
import { integer, text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { acceptedEntry, answerEntry } from './entries.ts';
import { type Ground, ownedTurn } from './ground.ts';
import type { AcceptOptions, TurnRecord } from './ledger.ts';
import { addParts } from './outbox.ts';
import { queueOrder } from './queue.ts';
import { selectTurns, turnAt, turnOf } from './rows.ts';

/** The steps of a whole turn: accepted, begun, settled. */

/** Records a message, once: the surface's id of it is what tells a repeat. */
export function accept(
  ground: Ground,
  message: InboundMessage,
  carries: string | null,
  options: AcceptOptions,
): { readonly turn: TurnRecord; readonly repeated: boolean } {
  const { store, history, now } = ground;
  const kind = options.kind ?? (message.command === undefined ? 'question' : 'command');
  return store.transaction(() => {
    const known = store.get(
      `${selectTurns} WHERE turns.surface = ? AND turns.message_id = ?`,
      message.place.surface,
      message.id,
    );
    if (known !== undefined) return { turn: turnOf(known), repeated: true };
    const id = randomBytes(6).toString('hex');
    store.run(
      `INSERT INTO turns (id, surface, message_id, conversation, kind, state, owner, config, carries, accepted_at)
        VALUES (?, ?, ?, ?, ?, 'accepted', ?, ?, ?, ?)`,
      ...[id, message.place.surface, message.id, message.conversation, kind],
      ...[store.instance, ground.configuration, carries, now().toISOString()],
    );
    store.run('INSERT INTO turn_texts (turn, message) VALUES (last_insert_rowid(), ?)', JSON.stringify(message));
    if (options.recorded ?? kind === 'question') history.append(acceptedEntry(message, kind));
    return { turn: turnAt(store, ownedTurn(store, id)), repeated: false };
  });
}

/** Another message for a turn that nobody has begun; an edited question may come too late. */
export function revise(store: Store, turnId: string, message: InboundMessage): boolean {
  return store.transaction(() => {
    const row = store.get(
      `SELECT sequence FROM turns WHERE id = ? AND owner = ? AND state = 'accepted' AND started_at IS NULL`,
      turnId,
      store.instance,
    );
    if (row === undefined) return false;
    store.run('UPDATE turn_texts SET message = ? WHERE turn = ?', JSON.stringify(message), integer(row.sequence));
    return true;
  });
}

/** Takes a turn into work, or says by null that it has to wait or is not this instance's to take. */
export function begin(ground: Ground, turnId: string): TurnRecord | null {
  const { store, now } = ground;
  return store.transaction(() => {
    const row = store.get(
      `${selectTurns} WHERE turns.id = ? AND turns.owner = ? AND turns.state <> 'settled'`,
      turnId,
      store.instance,
    );
    if (row === undefined) return null;
    const turn = turnOf(row);
    if (turn.kind === 'question' && (turn.held || mustWait(store, turn))) return null;
    store.run(
      `UPDATE turns SET state = 'running', started_at = coalesce(started_at, ?) WHERE sequence = ?`,
      now().toISOString(),
      turn.sequence,
    );
    return turnAt(store, turn.sequence);
  });
}

/** One question of a conversation at a time, in order; those of dead processes hold nobody up. */
function mustWait(store: Store, turn: TurnRecord): boolean {
  return store
    .all(
      `SELECT DISTINCT owner FROM turns
        WHERE conversation = ? AND done = 0 AND kind = 'question' AND state <> 'settled' AND owner IS NOT NULL
          AND sequence <> ?
          AND (state = 'running' OR (held = 0 AND ${queueOrder} < (SELECT ${queueOrder} FROM turns WHERE sequence = ?)))`,
      turn.message.conversation,
      turn.sequence,
      turn.sequence,
    )
    .some((row) => store.isAlive(text(row.owner)));
}

/** Ends a turn of this instance: its result, and what is to be delivered. */
export function settle(
  ground: Ground,
  turnId: string,
  result: TurnResult,
  parts: readonly Omit<OutboxPart, 'again'>[],
): void {
  const { store, history, now } = ground;
  store.transaction(() => {
    const sequence = ownedTurn(store, turnId);
    const turn = turnAt(store, sequence);
    if (turn.state === 'settled') throw new Error(`Turn ${turnId} was settled before, as ${turn.status}.`);
    const settledAt = now();
    store.run(
      `UPDATE turns SET state = 'settled', status = ?, reason = ?, settled_at = ? WHERE sequence = ?`,
      ...[result.status, result.reason, settledAt.toISOString(), sequence],
    );
    store.run('UPDATE turn_texts SET result = ? WHERE turn = ?', JSON.stringify(result), sequence);
    store.run('DELETE FROM processes WHERE turn = ?', sequence);
    store.run('DELETE FROM signals WHERE turn = ?', sequence);
    store.run('DELETE FROM directory_locks WHERE turn = ?', turnId);
    addParts(store, sequence, parts);
    if (turn.kind === 'question') history.append(answerEntry(turn.message, result, millisecondsOf(turn, settledAt)));
  });
}

function millisecondsOf(turn: TurnRecord, end: Date): number | null {
  return turn.startedAt === null ? null : Math.max(0, end.getTime() - Date.parse(turn.startedAt));
}
