import type { Citation, Disagreement, RoundResult, TurnEvent, TurnStatus } from '../adapters/adapter.ts';
import type { Access } from '../agents/provider.ts';
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
}

export interface Question {
  readonly turnId: string;
  readonly conversation: string;
  readonly text: string;
  readonly author: string;
  /** The agents that may be asked: rights, mentions and `--agents` already applied. */
  readonly roster: readonly RosterEntry[];
  /** Names of agents that a person named and may write with `--write`; empty for reading questions. */
  readonly mayWrite: readonly string[];
  /** The one agent of the direct path, or null. */
  readonly direct: string | null;
  readonly context: readonly ConversationMessage[];
  readonly attachments: readonly { readonly path: string; readonly type: string }[];
  /** `--sequential`: asks of a round run one after another. */
  readonly sequential: boolean;
  readonly maxRounds: number;
  readonly maxAsks: number;
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

/** What a mind call failed with, as a value. */
export interface MindFailure {
  readonly next: 'failed';
  readonly reason: string;
  readonly message: string;
}

/**
 * The model (or none) that decides. Both calls validate, and repair once; `repair` carries what was wrong with the last answer
 * (validation errors, citations that failed) and never agents' text.
 */
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
  readonly signal: AbortSignal;
  readonly asksLeft: number;
  readonly roundsLeft: number;
  /** Citations of the mind's own last answer that failed, for the one repair call. */
  readonly repair: string | null;
  /** The answer as it is written, where the model streams. */
  onText?(text: string): void;
}

/** How the moderator reaches agents and the ledger; given by the runtime. Failures are values in the outcome. */
export interface ModeratorPort {
  /** Recorded rounds of this turn (after a crash) and of the turn that it carries on, oldest first; unanswered asks are asked again by `ask`. */
  readonly recorded: readonly {
    readonly number: number;
    readonly reason: string | null;
    readonly asks: readonly (PlannedAsk & { readonly outcome: AskOutcome | null })[];
  }[];
  decided(round: {
    readonly number: number;
    readonly reason: string | null;
    readonly asks: readonly PlannedAsk[];
  }): void;
  /** One ask to its end: recorded, run, recorded. `prompt` is the full text for the provider, `ask.prompt` the part a person reads. */
  ask(ask: PlannedAsk, round: number, prompt: string): Promise<AskOutcome>;
  newAskId(): string;
  accessOf(agent: string): Access;
  progress(event: TurnEvent): void;
  readonly signal: AbortSignal;
  /** Milliseconds (monotonic) until the mind must conclude, and until the turn's end. */
  msToConclude(): number;
  msToEnd(): number;
  /** Why no further ask may be started (budget, full disk), or null. */
  bound(usage: Usage | null): string | null;
}

export interface Answer {
  readonly status: TurnStatus;
  readonly reason: string | null;
  /** With sources as `[n]`; null where there is nothing to say but the reason. */
  readonly markdown: string | null;
  readonly partial: boolean;
  readonly rounds: readonly RoundResult[];
  readonly citations: readonly Citation[];
  readonly disagreements: readonly Disagreement[];
  readonly unanswered: readonly string[];
  readonly usage: Usage | null;
}
