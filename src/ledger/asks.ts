import type { Access, ProcessIdentity } from '../agents/provider.ts';
import type { Row } from '../store/connection.ts';
import { integer, text, textOrNull } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { askEntry, replyEntry } from './entries.ts';
import { type Ground, ownedTurn, ownedTurnOfAsk } from './ground.ts';
import type { AskOutcome, PlannedAsk, RecordedAsk, RecordedRound } from './ledger.ts';
import { askOf, turnAt } from './rows.ts';

/** The steps of rounds and asks. */

/** A round was decided: its asks are known, none is started. */
export function decided(
  store: Store,
  turnId: string,
  round: { readonly number: number; readonly reason: string | null; readonly asks: readonly PlannedAsk[] },
): void {
  store.transaction(() => {
    const turn = ownedTurn(store, turnId);
    store.run('INSERT INTO rounds (turn, number, reason) VALUES (?, ?, ?)', turn, round.number, round.reason);
    for (const ask of round.asks) {
      store.run(
        `INSERT INTO asks (id, turn, round, agent, prompt, access, waits_for, final, state)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'planned')`,
        ...[
          ask.id,
          turn,
          round.number,
          ask.agent,
          ask.prompt,
          ask.access,
          JSON.stringify(ask.after),
          Number(ask.final),
        ],
      );
    }
  });
}

/** An ask is about to get its prompt. A process that replaces one of the same instance is no second start. */
export function asking(ground: Ground, askId: string, process: ProcessIdentity | null, access: Access): void {
  const { store, history, now } = ground;
  store.transaction(() => {
    const turn = ownedTurnOfAsk(store, askId);
    const before = askRow(store, askId);
    const wasAsked = text(before.state) === 'asking';
    const retried = integer(before.retried) === 1 || (wasAsked && textOrNull(before.asker) !== store.instance);
    store.run(
      `UPDATE asks SET state = 'asking', process = ?, access = ?, asker = ?, retried = ?, started_at = ? WHERE id = ?`,
      ...[process === null ? null : JSON.stringify(process), access, store.instance],
      ...[Number(retried), now().toISOString(), askId],
    );
    if (wasAsked && textOrNull(before.asker) === store.instance) return;
    history.append(askEntry(turnAt(store, turn).message, askOf(askRow(store, askId))));
  });
}

/** The provider's own id of the conversation, as soon as it is known. */
export function session(store: Store, askId: string, sessionId: string): void {
  store.transaction(() => {
    ownedTurnOfAsk(store, askId);
    store.run('UPDATE asks SET session_id = ? WHERE id = ?', sessionId, askId);
  });
}

/** What an ask came to; from here on it is never asked again. */
export function answered(ground: Ground, askId: string, outcome: AskOutcome): void {
  const { store, history } = ground;
  store.transaction(() => {
    const turn = ownedTurnOfAsk(store, askId);
    const ask = askOf(askRow(store, askId));
    store.run(
      `UPDATE asks SET state = 'answered', outcome = ?, session_id = coalesce(?, session_id) WHERE id = ?`,
      ...[JSON.stringify(outcome), outcome.result.sessionId, askId],
    );
    history.append(replyEntry(turnAt(store, turn).message, ask, outcome));
  });
}

/** The rounds of a turn so far, in order, with their asks in the order they were decided. */
export function rounds(store: Store, turnId: string): readonly RecordedRound[] {
  const asks = store
    .all(
      'SELECT asks.* FROM asks JOIN turns ON turns.sequence = asks.turn WHERE turns.id = ? ORDER BY asks.sequence',
      turnId,
    )
    .map(askOf);
  return store
    .all(
      `SELECT rounds.number, rounds.reason FROM rounds JOIN turns ON turns.sequence = rounds.turn
        WHERE turns.id = ? ORDER BY rounds.number`,
      turnId,
    )
    .map((row) => roundOf(row, asks));
}

function roundOf(row: Row, asks: readonly RecordedAsk[]): RecordedRound {
  const number = integer(row.number);
  return { number, reason: textOrNull(row.reason), asks: asks.filter((ask) => ask.round === number) };
}

function askRow(store: Store, askId: string): Row {
  const row = store.get('SELECT * FROM asks WHERE id = ?', askId);
  if (row === undefined) throw new Error(`The ledger has no ask ${askId}.`);
  return row;
}
