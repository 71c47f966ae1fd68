import type { OutboxPart, TurnResult } from '../adapters/adapter.ts';
import { text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { rounds } from './asks.ts';
import type { Ground } from './ground.ts';
import { bury } from './instances.ts';
import type { Adopted, TurnRecord } from './ledger.ts';
import { orphans } from './processes.ts';
import { selectTurns, turnAt, turnOf } from './rows.ts';
import { settle } from './turns.ts';

/** A question that has taken this many processes with it is not tried again. */
const mostCrashes = 3;

/** Takes over what dead instances left, as far as it is wanted. */
export function adopt(ground: Ground, wants: (turn: TurnRecord) => boolean): Adopted {
  const { store } = ground;
  const dead = store
    .all('SELECT id FROM instances WHERE id <> ?', store.instance)
    .flatMap((row) => store.takeDead(text(row.id)) ?? []);
  try {
    return store.transaction(() => {
      for (const lock of dead) bury(store, lock.id);
      buryUnknown(store);
      const left = orphans(store);
      const wanted = leftTurns(ground).filter(wants);
      take(store, wanted);
      for (const turn of wanted) {
        if (turn.crashes >= mostCrashes && turn.state !== 'settled') giveUp(ground, turn);
      }
      return { turns: wanted.map((turn) => takenTurn(store, turn)), orphans: left };
    });
  } finally {
    for (const lock of dead) lock.release();
  }
}

/** Turns that nobody alive owns, of this configuration, in order. */
function leftTurns({ store, configuration }: Ground): readonly TurnRecord[] {
  return store
    .all(
      `${selectTurns} WHERE turns.done = 0 AND turns.owner IS NULL AND turns.config = ? ORDER BY turns.sequence`,
      configuration,
    )
    .map(turnOf);
}

/** How many turns wait for somebody who adopts them. */
export function waiting(ground: Ground, wants: (turn: TurnRecord) => boolean): number {
  const { store, configuration } = ground;
  const dead = store
    .all('SELECT DISTINCT owner FROM turns WHERE done = 0 AND owner IS NOT NULL')
    .map((row) => text(row.owner))
    .filter((owner) => !store.isAlive(owner));
  return store
    .all(
      `${selectTurns} WHERE turns.done = 0 AND turns.config = ?
        AND (turns.owner IS NULL OR turns.owner IN (SELECT value FROM json_each(?))) ORDER BY turns.sequence`,
      configuration,
      JSON.stringify(dead),
    )
    .map(turnOf)
    .filter(wants).length;
}

/** Owners without a row are dead: their row went with a damaged file, or another's mistake. */
function buryUnknown(store: Store): void {
  const unknown = store.all(
    'SELECT DISTINCT owner FROM turns WHERE done = 0 AND owner IS NOT NULL AND owner NOT IN (SELECT id FROM instances)',
  );
  for (const row of unknown) bury(store, text(row.owner));
}

function take(store: Store, turns: readonly TurnRecord[]): void {
  if (turns.length === 0) return;
  const numbers = JSON.stringify(turns.map((turn) => turn.sequence));
  store.run('UPDATE turns SET owner = ? WHERE sequence IN (SELECT value FROM json_each(?))', store.instance, numbers);
  store.run(`UPDATE parts SET again = 1 WHERE state = 'sending' AND turn IN (SELECT value FROM json_each(?))`, numbers);
}

function takenTurn(store: Store, turn: TurnRecord): TurnRecord {
  if (turn.state === 'settled') return turn;
  return turn.crashes >= mostCrashes ? turnAt(store, turn.sequence) : { ...turn, instance: store.instance };
}

function giveUp(ground: Ground, turn: TurnRecord): void {
  const reason = `the process that ran it died ${turn.crashes} times`;
  const result: TurnResult = {
    turnId: turn.id,
    conversation: turn.message.conversation,
    status: 'failed',
    reason,
    question: turn.message.text,
    answer: null,
    partial: false,
    rounds: rounds(ground.store, turn.id).map(({ number, reason: why, asks }) => ({
      number,
      reason: why,
      asks: asks.flatMap((ask) => (ask.outcome === null ? [] : [ask.outcome.result])),
    })),
    citations: [],
    disagreements: [],
    unanswered: [],
    usage: null,
  };
  settle(ground, turn.id, result, [failurePart(turn, result)]);
}

function failurePart(turn: TurnRecord, result: TurnResult): Omit<OutboxPart, 'again'> {
  const message = `Not answered: ${result.reason}. It was not tried again.`;
  const hint = 'Ask again in other words, or look at the log for what ends the process.';
  const common = { id: `${turn.id}:given-up`, turnId: turn.id, position: 0, footer: null, exit: 1 };
  if (turn.kind === 'question') return { ...common, kind: 'answer', markdown: `${message} ${hint}`, data: result };
  return {
    ...common,
    kind: 'error',
    markdown: `${message} ${hint}`,
    data: { error: { code: 'crashed', message, hint } },
  };
}
