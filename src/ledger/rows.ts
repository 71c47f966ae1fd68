import type { InboundMessage, OutboxPart, TurnResult, TurnStatus } from '../adapters/adapter.ts';
import type { Access, ProcessIdentity } from '../agents/provider.ts';
import type { Row } from '../store/connection.ts';
import { integer, json, jsonOrNull, text, textOrNull } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { AskOutcome, OutboxRecord, RecordedAsk, TurnKind, TurnRecord, TurnState } from './ledger.ts';

/** Selects what `turnOf` reads; conditions follow. */
export const selectTurns =
  'SELECT turns.*, turn_texts.message, turn_texts.result FROM turns JOIN turn_texts ON turn_texts.turn = turns.sequence';

/** A turn from its row. */
export function turnOf(row: Row): TurnRecord {
  const state = text(row.state) as TurnState;
  return {
    sequence: integer(row.sequence),
    id: text(row.id),
    kind: text(row.kind) as TurnKind,
    message: json<InboundMessage>(row.message),
    state,
    config: text(row.config),
    // The owner of a settled turn still delivers it; it runs nothing any more.
    instance: state === 'settled' ? null : textOrNull(row.owner),
    held: integer(row.held) === 1,
    crashes: integer(row.crashes),
    status: textOrNull(row.status) as TurnStatus | null,
    reason: textOrNull(row.reason),
    result: jsonOrNull<TurnResult>(row.result),
    acceptedAt: text(row.accepted_at),
    startedAt: textOrNull(row.started_at),
    settledAt: textOrNull(row.settled_at),
    carries: textOrNull(row.carries),
  };
}

/** The turn with this row number, which must be there. */
export function turnAt(store: Store, sequence: number): TurnRecord {
  const row = store.get(`${selectTurns} WHERE turns.sequence = ?`, sequence);
  if (row === undefined) throw new Error(`The ledger has no turn ${sequence}.`);
  return turnOf(row);
}

/** An ask from its row. */
export function askOf(row: Row): RecordedAsk {
  return {
    id: text(row.id),
    agent: text(row.agent),
    prompt: text(row.prompt),
    access: text(row.access) as Access,
    after: json<readonly string[]>(row.waits_for),
    final: integer(row.final) === 1,
    round: integer(row.round),
    state: text(row.state) as RecordedAsk['state'],
    process: jsonOrNull<ProcessIdentity>(row.process),
    sessionId: textOrNull(row.session_id),
    startedAt: textOrNull(row.started_at),
    outcome: jsonOrNull<AskOutcome>(row.outcome),
    retried: integer(row.retried) === 1,
  };
}

/** A part to be delivered from its row and its turn's message. */
export function outboxOf(row: Row, message: InboundMessage): OutboxRecord {
  const again = integer(row.again) === 1;
  return {
    part: { ...json<Omit<OutboxPart, 'again'>>(row.part), again },
    state: text(row.state) as OutboxRecord['state'],
    message,
  };
}
