import type { Citation, Disagreement, RoundResult, TurnEvent, TurnStatus } from '../adapters/adapter.ts';
import type { Access, ProcessIdentity } from '../agents/provider.ts';
import type { AskOutcome, PlannedAsk } from '../ledger/ledger.ts';
import type { Usage } from '../usage.ts';

/** One agent as the mind sees it. */
export interface RosterEntry {
  readonly name: string;
  readonly description: string;
  readonly provider: string;
  readonly directory: string;
  /** What the search index finds there for this question: best files first, and how well they fit (0 … 1, comparable over agents). */
  readonly found: readonly string[];
  readonly confidence: number;
}

export interface ConversationMessage {
  readonly author: string;
  readonly text: string;
  /** Agents whose session in this conversation holds this message already: they were asked it, or it is their reply. */
  readonly knownTo?: readonly string[];
}

export interface Question {
  readonly turnId: string;
  readonly conversation: string;
  readonly text: string;
  readonly author: string;
  /** The agents that may be asked: rights, mentions and `--agents` already applied. */
  readonly roster: readonly RosterEntry[];
  /** All agents that exist for the person who asks: citations may name those as well. */
  readonly known: readonly string[];
  /** Names of agents that a person named and may write with `--write`; empty for reading questions. */
  readonly mayWrite: readonly string[];
  /** The one agent of the direct path, or null. */
  readonly direct: string | null;
  /** The conversation so far, oldest first. */
  readonly context: readonly ConversationMessage[];
  readonly attachments: readonly { readonly path: string; readonly type: string }[];
  /** `--sequential`: asks of a round run one after another. */
  readonly sequential: boolean;
  readonly maxRounds: number;
  readonly maxAsks: number;
  /** `/retry`: which unanswered asks of the carried rounds are asked again first, all of them or those of the agents named. */
  readonly repeat: 'none' | 'failed' | readonly string[];
}

/** A finished ask with what is needed to check its citations. */
export interface AnsweredAsk extends PlannedAsk {
  readonly outcome: AskOutcome;
}

export interface Round {
  readonly number: number;
  readonly reason: string | null;
  readonly asks: readonly AnsweredAsk[];
}

export interface DecidedAsk {
  readonly agent: string;
  readonly prompt: string;
  readonly after: readonly string[];
  readonly final: boolean;
}

export type Decision =
  | { readonly next: 'ask'; readonly reason: string; readonly asks: readonly DecidedAsk[] }
  | Conclusion
  | { readonly next: 'clarify'; readonly question: string };

export interface Conclusion {
  readonly next: 'answer';
  readonly markdown: string;
  readonly disagreements: readonly Disagreement[];
  readonly unanswered: readonly string[];
}

/** What was wrong with the mind's own last output, for the one repair call. */
export interface MindRepair {
  /** Validation errors or citations that failed; never agents' text. */
  readonly problems: readonly string[];
  readonly previous: string;
}

/** What a mind call failed with, as a value. */
export interface MindFailure {
  readonly next: 'failed';
  /** A provider's `FailureReason`, or `malformed`. */
  readonly reason: string;
  readonly message: string;
  /** What to tell the mind in a repair call; only where its output was malformed. */
  readonly repair?: MindRepair;
}

/** The model (or none) that decides. Each call is one fresh session, validated, and never throws; the moderator repairs. */
export interface Mind {
  readonly name: string;
  /** Shown in the footer when no model is involved. */
  readonly extractive: boolean;
  decide(
    question: Question,
    rounds: readonly Round[],
    call: MindCall,
  ): Promise<{ readonly decision: Decision | MindFailure; readonly usage: Usage | null }>;
  conclude(
    question: Question,
    rounds: readonly Round[],
    call: MindCall,
  ): Promise<{ readonly decision: Conclusion | MindFailure; readonly usage: Usage | null }>;
}

export interface MindCall {
  /** Ours; a process started for this call carries it as `TUTTI_ASK`. */
  readonly id: string;
  readonly signal: AbortSignal;
  readonly asksLeft: number;
  readonly roundsLeft: number;
  /** US dollars that are left for this turn, or null where nothing bounds it. */
  readonly usdLeft: number | null;
  /** The random word that fences foreign text in the prompts of this turn; known to nobody but the mind. */
  readonly boundary: string;
  readonly repair: MindRepair | null;
  /**
   * Called with null before the mind starts a process, and with what it is before the prompt is written to it, so that recovery can end
   * it whenever we die.
   */
  started(process: ProcessIdentity | null): void;
  /** The next piece of the answer as it is written, where the model streams. */
  onText?(text: string): void;
}

/** A round as the ledger knows it. */
export interface RecordedProgress {
  readonly number: number;
  readonly reason: string | null;
  readonly carried: boolean;
  readonly asks: readonly (PlannedAsk & { readonly outcome: AskOutcome | null })[];
}

/** Why no further ask may be started; `conclude` says whether the mind may still be asked to answer with what there is. */
export interface Bound {
  readonly reason: string;
  readonly conclude: boolean;
}

/** How the moderator reaches agents and the ledger; given by the runtime. Failures are values in the outcome. */
export interface ModeratorPort {
  /**
   * Rounds of the turn that this one carries on (`carried`), then those recorded for this turn before a crash, oldest first.
   * Unanswered asks of this turn are asked again by `ask`; carried ones only where `question.repeat` says so.
   */
  readonly recorded: readonly RecordedProgress[];
  decided(round: {
    readonly number: number;
    readonly reason: string | null;
    readonly asks: readonly PlannedAsk[];
  }): void;
  /**
   * One ask to its end: recorded, run, recorded. `prompt` is the full text for the provider, but for the names of attached files;
   * `ask.prompt` is the part a person reads, and all that a provider without a model is given.
   */
  ask(ask: PlannedAsk, round: number, prompt: string): Promise<AskOutcome>;
  newAskId(): string;
  accessOf(agent: string): Access;
  progress(event: TurnEvent): void;
  readonly signal: AbortSignal;
  /** Milliseconds (monotonic) until the mind must conclude, and until the turn's end. */
  msToConclude(): number;
  msToEnd(): number;
  /** Budgets (the mind may conclude) and a full disk (no new process at all); `usage` is what this turn took so far. */
  bound(usage: Usage | null): Bound | null;
  /** US dollars left of the narrowest budget, or null. */
  usdLeft(usage: Usage | null): number | null;
  /** A process of the mind is about to begin (null), began (before its prompt is written) and ended; `id` is the call's. */
  mindStarted(id: string, process: ProcessIdentity | null): void;
  mindEnded(id: string): void;
}

export interface Answer {
  readonly status: TurnStatus;
  readonly reason: string | null;
  /** With sources as `[n]`; null where there is nothing to say but the reason. */
  readonly markdown: string | null;
  /** The paragraph of `markdown` that says who gave no answer and why, for surfaces that told of it already; null where it has none. */
  readonly failures: string | null;
  readonly partial: boolean;
  readonly rounds: readonly RoundResult[];
  readonly citations: readonly Citation[];
  readonly disagreements: readonly Disagreement[];
  readonly unanswered: readonly string[];
  /** What this turn took: agents and mind; carried rounds were paid for by their own turn. */
  readonly usage: Usage | null;
  /** The mind's part of it. */
  readonly mindUsage: Usage | null;
}

export interface Moderator {
  /** One question to its end. Rejects only where the port does (the ledger cannot be written). */
  answer(question: Question, port: ModeratorPort): Promise<Answer>;
}
