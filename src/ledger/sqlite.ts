import type { History } from '../history/history.ts';
import type { Store } from '../store/store.ts';
import { adopt, waiting } from './adopt.ts';
import { answered, asking, decided, rounds, session } from './asks.ts';
import { lockDirectory, unlockDirectory } from './directory-locks.ts';
import type { Ground } from './ground.ts';
import { hold, instances, leave, register } from './instances.ts';
import type { InstanceRecord, Ledger } from './ledger.ts';
import { sending, sent, unsent } from './outbox.ts';
import { processEnded, processStarted } from './processes.ts';
import { holdTurn, move, queueOrder } from './queue.ts';
import { selectTurns, turnOf } from './rows.ts';
import { signal, takeSignals } from './signals.ts';
import { accept, begin, revise, settle } from './turns.ts';

export interface LedgerOptions {
  readonly store: Store;
  readonly history: History;
  /** Real path of the configuration, or of the directory where there is none. */
  readonly configuration: string;
  readonly role: InstanceRecord['role'];
  readonly now?: () => Date;
}

/**
 * The ledger in the store, as this process's instance; `history` must be in the same store. Failures are the UserErrors of the
 * store, and `turn-taken` for steps of a turn that this instance does not own.
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { store, history, configuration, now = () => new Date() } = options;
  const ground: Ground = { store, history, configuration, now };
  register(ground, options.role);
  return { ...steps(ground), ...readings(store), ...several(ground) };
}

function steps(ground: Ground) {
  const { store } = ground;
  return {
    accept: (message, carries = null, options = {}) => accept(ground, message, carries, options),
    revise: (turnId, message) => revise(store, turnId, message),
    begin: (turnId) => begin(ground, turnId),
    decided: (turnId, round) => decided(store, turnId, round),
    asking: (askId, process, access) => asking(ground, askId, process, access),
    session: (askId, sessionId) => session(store, askId, sessionId),
    answered: (askId, outcome) => answered(ground, askId, outcome),
    settle: (turnId, result, parts) => settle(ground, turnId, result, parts),
    sending: (partId) => sending(store, partId),
    sent: (partId, platformId) => sent(store, partId, platformId),
    processStarted: (id, turnId, process) => processStarted(store, id, turnId, process),
    processEnded: (id) => processEnded(store, id),
  } satisfies Partial<Ledger>;
}

function readings(store: Store) {
  return {
    turn(turnId) {
      const row = store.get(`${selectTurns} WHERE turns.id = ?`, turnId);
      return row === undefined ? null : turnOf(row);
    },
    find(surface, messageId) {
      const row = store.get(`${selectTurns} WHERE turns.surface = ? AND turns.message_id = ?`, surface, messageId);
      return row === undefined ? null : turnOf(row);
    },
    rounds: (turnId) => rounds(store, turnId),
    open: () =>
      store.all(`${selectTurns} WHERE turns.done = 0 AND turns.state <> 'settled' ORDER BY ${queueOrder}`).map(turnOf),
    conversation: (conversation, limit) =>
      store
        .all(
          `${selectTurns} WHERE turns.conversation = ? AND turns.state = 'settled' AND turns.kind = 'question'
            ORDER BY turns.sequence DESC LIMIT ?`,
          conversation,
          limit,
        )
        .map(turnOf),
    unsent: (turnId) => unsent(store, turnId),
  } satisfies Partial<Ledger>;
}

function several(ground: Ground) {
  const { store } = ground;
  return {
    instance: store.instance,
    instances: () => instances(store),
    hold: (holds) => hold(store, holds),
    adopt: (wants) => adopt(ground, wants),
    waiting: (wants = () => true) => waiting(ground, wants),
    move: (turnId, position) => move(store, turnId, position),
    holdTurn: (turnId, held) => holdTurn(store, turnId, held),
    signal: (turnId, sent) => signal(store, turnId, sent),
    takeSignals: () => takeSignals(store),
    version: () => store.version(),
    lockDirectory: (directory, turnId) => lockDirectory(store, directory, turnId),
    unlockDirectory: (directory, turnId) => unlockDirectory(store, directory, turnId),
    prune: (before, limit = 500) => prune(store, before, limit),
    close: () => leave(store),
  } satisfies Partial<Ledger>;
}

function prune(store: Store, before: Date, limit: number): number {
  return store.run(
    `DELETE FROM turns WHERE sequence IN
      (SELECT sequence FROM turns WHERE done = 1 AND settled_at < ? ORDER BY sequence LIMIT ?)`,
    before.toISOString(),
    limit,
  );
}
