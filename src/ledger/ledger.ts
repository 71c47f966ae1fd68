import type { AskResult, InboundMessage, OutboxPart, TurnResult, TurnStatus } from '../adapters/adapter.ts';
import type { Access, ProcessIdentity } from '../agents/provider.ts';

/**
 * What was accepted and how far it got. Every step is one transaction together with its history entry (design section 9);
 * after a crash, what the steps say is all that is known, and enough.
 */

export type TurnState = 'accepted' | 'running' | 'settled';

/** Questions of a conversation are taken one after another; commands never wait. */
export type TurnKind = 'question' | 'command';

export interface AcceptOptions {
  /** By default a message with a `command` is one. `/ask` is a question all the same. */
  readonly kind?: TurnKind;
  /** Whether it stands in the history: questions do by default, commands do not. */
  readonly recorded?: boolean;
}

export interface TurnRecord {
  /** Row number: the order. */
  readonly sequence: number;
  readonly id: string;
  readonly kind: TurnKind;
  readonly message: InboundMessage;
  /** `running` only while its present owner runs it: one that was adopted is `accepted` again, with its `startedAt`. */
  readonly state: TurnState;
  /** Real path of the configuration it was accepted under. */
  readonly config: string;
  /** Instance that runs it, or accepted it; null once settled. */
  readonly instance: string | null;
  /** Others of its conversation pass it until it is released. */
  readonly held: boolean;
  /** How many owners died while they ran it, without ending themselves. */
  readonly crashes: number;
  readonly status: TurnStatus | null;
  readonly reason: string | null;
  readonly result: TurnResult | null;
  readonly acceptedAt: string;
  readonly startedAt: string | null;
  readonly settledAt: string | null;
  /** The turn whose rounds this one carries on (`/retry`, a reply to `clarify`). */
  readonly carries: string | null;
}

export interface PlannedAsk {
  readonly id: string;
  readonly agent: string;
  readonly prompt: string;
  readonly access: Access;
  readonly after: readonly string[];
  readonly final: boolean;
}

export interface RecordedAsk extends PlannedAsk {
  readonly round: number;
  readonly state: 'planned' | 'asking' | 'answered';
  readonly process: ProcessIdentity | null;
  readonly sessionId: string | null;
  readonly startedAt: string | null;
  /** Set once answered: also for failures, which are answers of a kind. */
  readonly outcome: AskOutcome | null;
  /** It was started a second time after a crash. */
  readonly retried: boolean;
}

/** What an ask came to, with all that a later process needs to go on with the turn. */
export interface AskOutcome {
  readonly result: AskResult;
  /** Absolute directory the agent ran in, for checking citations. */
  readonly directory: string;
  /** Files and lines that the provider itself returned (search passages). */
  readonly sources: readonly {
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
    readonly excerpt: string;
  }[];
  /** Where the provider said how long it wants to be left alone (`rate-limited`). */
  readonly retryAfterMs?: number;
}

export interface RecordedRound {
  readonly number: number;
  readonly reason: string | null;
  readonly asks: readonly RecordedAsk[];
}

export interface InstanceRecord {
  readonly id: string;
  readonly pid: number;
  readonly since: string;
  readonly role: 'serve' | 'repl' | 'command';
  readonly config: string;
  /** Surfaces and workspaces that a `serve` holds, e.g. `slack:T1`. */
  readonly holds: readonly string[];
}

export type Signal =
  | { readonly kind: 'stop'; readonly by: string }
  | { readonly kind: 'stop-agent'; readonly by: string; readonly agent: string }
  | { readonly kind: 'drop'; readonly by: string }
  | { readonly kind: 'steer'; readonly by: string; readonly text: string };

export interface Adopted {
  readonly turns: readonly TurnRecord[];
  /**
   * Provider processes of dead instances, to be ended before anything is asked again. `process` is null where the kill may have
   * come between the start and its record: then the process carries `askId` in its environment, or there is none.
   */
  readonly orphans: readonly { readonly askId: string; readonly process: ProcessIdentity | null }[];
}

export interface OutboxRecord {
  readonly part: OutboxPart;
  readonly state: 'pending' | 'sending' | 'sent';
  readonly message: InboundMessage;
}

export interface Ledger {
  // ---- steps, each one transaction with its history entry
  /** Unique on surface + message id: a repeat changes nothing and is told so. Refused with UserError `disk-full` when it cannot be recorded. */
  accept(
    message: InboundMessage,
    carries?: string | null,
    options?: AcceptOptions,
  ): { readonly turn: TurnRecord; readonly repeated: boolean };
  /** Gives a turn of this instance that has not begun another message; false when it is too late. */
  revise(turnId: string, message: InboundMessage): boolean;
  /**
   * Takes a turn of this instance into work. Null while a live instance runs, or an earlier accepted turn of a live instance stands
   * before it in, its conversation; also when it is settled or another's by now. Commands never wait.
   */
  begin(turnId: string): TurnRecord | null;
  decided(
    turnId: string,
    round: { readonly number: number; readonly reason: string | null; readonly asks: readonly PlannedAsk[] },
  ): void;
  /** Recorded before the prompt is written. `process` is null for providers without one. Marks the ask `retried` when another instance was asking it before. */
  asking(askId: string, process: ProcessIdentity | null, access: Access): void;
  session(askId: string, sessionId: string): void;
  answered(askId: string, outcome: AskOutcome): void;
  /** Refused with UserError `disk-full`, nothing half written, when it cannot be recorded: deliver, and call it again later. */
  settle(turnId: string, result: TurnResult, parts: readonly Omit<OutboxPart, 'again'>[]): void;
  sending(partId: string): void;
  sent(partId: string, platformId: string | null): void;
  /**
   * A process that is no ask (a mind call): recorded and forgotten likewise, so that recovery can end it. Called with null before
   * it is started, so that its id is known whenever the kill comes, and again with its identity.
   */
  processStarted(id: string, turnId: string, process: ProcessIdentity | null): void;
  processEnded(id: string): void;

  // ---- reading
  turn(turnId: string): TurnRecord | null;
  /** The turn of a message, by its surface and the surface's id of it. */
  find(surface: string, messageId: string): TurnRecord | null;
  rounds(turnId: string): readonly RecordedRound[];
  /** Turns not settled, in the order in which they are taken, of every instance. */
  open(): readonly TurnRecord[];
  /** Settled questions of a conversation, newest first. */
  conversation(conversation: string, limit: number): readonly TurnRecord[];
  /** Parts of turns that this instance owns or owned, not sent, in order. */
  unsent(turnId: string): readonly OutboxRecord[];

  // ---- several processes
  readonly instance: string;
  instances(): readonly (InstanceRecord & { readonly alive: boolean })[];
  /** Refused with UserError `already-served` (first one's pid) when a live `serve` holds one of them. */
  hold(holds: readonly string[]): void;
  /**
   * In one transaction takes what dead instances owned and `wants` accepts (same configuration always required); counts a crash where
   * the owner did not end itself. Turns that are settled but not sent come too.
   */
  adopt(wants: (turn: TurnRecord) => boolean): Adopted;
  /** How many turns that nobody alive owns are left to be adopted, of those with this configuration that `wants` accepts. */
  waiting(wants?: (turn: TurnRecord) => boolean): number;
  /** Puts a waiting turn before the one at the position (from 1) among the waiting turns of its conversation. */
  move(turnId: string, position: number): void;
  /** Lets others of its conversation pass a waiting turn, or lets it go on. */
  holdTurn(turnId: string, held: boolean): void;
  signal(turnId: string, signal: Signal): void;
  /** Signals for turns of this instance, taken once, in order. Ask again after `version()` changed, and after a signal of one's own. */
  takeSignals(): readonly { readonly turnId: string; readonly signal: Signal }[];
  /** Cheap (`pragma data_version`): changes when another process wrote. */
  version(): number;
  /** One writer per directory, over all processes; false while a live instance holds it, be it for the same turn. Settling frees it too. */
  lockDirectory(directory: string, turnId: string): boolean;
  unlockDirectory(directory: string, turnId: string): void;
  /** Removes delivered turns settled before the time, at most `limit` (500) a call; history stays. Says how many. */
  prune(before: Date, limit?: number): number;
  /** Gives up the instance: its open turns are left for the next start, without counting as a crash. */
  close(): void;
}
