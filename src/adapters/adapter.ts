import type { UserError } from '../errors.ts';
import type { Usage } from '../usage.ts';

/** The contract between the runtime and a chat surface. Everything here is plain data, so it can be a ledger row. */

export interface Place {
  readonly surface: string;
  readonly workspace?: string;
  readonly channel: string;
  readonly thread?: string;
  readonly direct: boolean;
  readonly private: boolean;
}

export interface Author {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  readonly roles: readonly string[];
}

export interface Attachment {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
}

/** Where an answer goes, as data: usable after a restart. Only the surface that made it reads `data`. */
export interface ReplyAddress {
  readonly surface: string;
  readonly data: Readonly<Record<string, string>>;
  /** What of it people wrote, and others are shown: masked like all that is recorded. */
  readonly texts?: Readonly<Record<string, string>>;
}

export type ArgumentValue = string | number | boolean | readonly string[];

/** A command as its surface parsed it: `path` is the name and, where there is one, the subcommand. */
export interface CommandCall {
  readonly name: string;
  readonly subcommand: string | null;
  readonly args: Readonly<Record<string, ArgumentValue>>;
}

/**
 * What a button stands for. It travels with the button, and what it is about stands in the ledger under its turn, so buttons outlive
 * a restart. See `adapters/press.ts` for its written form.
 */
export type Press =
  /** The tasks of an answer are shown, to be saved as a document. */
  | { readonly kind: 'tasks'; readonly turn: string }
  /** The document that a turn showed is saved for an agent. */
  | { readonly kind: 'save'; readonly turn: string; readonly agent: string }
  /** The document that somebody posted is put as a question. */
  | { readonly kind: 'ask'; readonly turn: string };

export interface Button {
  readonly label: string;
  readonly press: Press;
}

export interface InboundMessage {
  /** The platform's own id: unique per surface, so a repeat is recognised. */
  readonly id: string;
  readonly at: string;
  readonly edited?: true;
  readonly place: Place;
  readonly conversation: string;
  readonly addressed: 'mention' | 'direct' | 'thread' | 'command';
  readonly author: Author;
  /** Markdown, platform mentions already resolved to names, the bot's own mention removed. */
  readonly text: string;
  readonly command?: CommandCall;
  /** Instead of a text: somebody pressed a button that a part offered. */
  readonly press?: Press;
  readonly attachments: readonly Attachment[];
  readonly replyTo: ReplyAddress;
}

export type TurnStatus = 'answered' | 'partial' | 'clarify' | 'failed' | 'stopped' | 'timed-out';
export type AskStatus = 'answered' | 'failed' | 'timed-out' | 'stopped' | 'skipped';

export interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly stderrTail: string | null;
}

export interface AskResult {
  readonly agent: string;
  readonly prompt: string;
  readonly access: string;
  readonly status: AskStatus;
  /** Verbatim (masked). */
  readonly text: string | null;
  readonly truncated: boolean;
  readonly sessionId: string | null;
  readonly durationMs: number | null;
  readonly usage: Usage | null;
  readonly failure: Failure | null;
  readonly retried: boolean;
  /** Output that came between the signal and the end of the process. */
  readonly late: string | null;
}

export interface RoundResult {
  readonly number: number;
  readonly reason: string | null;
  readonly asks: readonly AskResult[];
}

export type CitationProblem = 'no-such-file' | 'no-such-line' | 'outside' | 'not-said-by-agent';

export interface Citation {
  readonly n: number;
  readonly agent: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly verified: boolean;
  readonly reason: CitationProblem | null;
  readonly excerpt: string | null;
}

export interface Disagreement {
  readonly topic: string;
  readonly positions: readonly { readonly agent: string; readonly claim: string }[];
}

/** The object of `ask --json`; recorded when the turn settles. */
export interface TurnResult {
  readonly turnId: string;
  readonly conversation: string;
  readonly status: TurnStatus;
  readonly reason: string | null;
  readonly question: string;
  readonly answer: string | null;
  readonly partial: boolean;
  readonly rounds: readonly RoundResult[];
  readonly citations: readonly Citation[];
  readonly disagreements: readonly Disagreement[];
  readonly unanswered: readonly string[];
  readonly usage: Usage | null;
}

/** What happens during a turn, as it happens. A surface shows it; nothing depends on it. The names are those of `--jsonl`. */
export type TurnEvent =
  | { readonly type: 'accepted'; readonly turnId: string; readonly conversation: string }
  | { readonly type: 'queued'; readonly position: number; readonly reason: string }
  | {
      readonly type: 'decision';
      readonly round: number;
      readonly next: 'ask' | 'answer' | 'clarify';
      readonly reason: string | null;
      readonly agents: readonly string[];
    }
  | {
      readonly type: 'ask_start';
      readonly round: number;
      readonly agent: string;
      readonly access: string;
      readonly waitsFor: readonly string[];
    }
  | { readonly type: 'ask_progress'; readonly agent: string; readonly activity: string; readonly tokens: number | null }
  | {
      readonly type: 'ask_end';
      readonly round: number;
      readonly agent: string;
      readonly status: AskStatus;
      readonly durationMs: number | null;
      readonly usage: Usage | null;
      readonly text: string | null;
      readonly failure: Failure | null;
    }
  /** The next piece of the answer while it is written; the checked answer replaces all of it. */
  | { readonly type: 'answer_text'; readonly text: string }
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'citations'; readonly citations: readonly Citation[] };

/** One thing to be delivered, exactly once where the platform can: an answer, a command's output, a notice, an error. */
export interface OutboxPart {
  readonly id: string;
  readonly turnId: string;
  readonly position: number;
  readonly kind: 'answer' | 'command' | 'error';
  /** Clean (masked, no control characters) markdown: of an answer without its list of sources, which each surface renders from `data`. */
  readonly markdown: string;
  /** The paragraph at an end of `markdown` that says which agents gave no answer and why, for a surface that told of each as it ended. */
  readonly failures?: string;
  /** What a command line prints as it is instead: an export, a manifest, a script. */
  readonly verbatim?: string;
  /** One line under the answer: agents, rounds, time, cost. */
  readonly footer: string | null;
  /** The `--json` object; for `error` it is `{error: {code, message, hint}}`. */
  readonly data: unknown;
  /** The process exit that stands for it on a command line. */
  readonly exit: number;
  /** What may be pressed under it, on surfaces that several people share: see `arranged` in `adapters/press.ts`. */
  readonly buttons?: readonly Button[];
  /** It takes the place of the message whose button was pressed, buttons and all. */
  readonly replaces?: true;
  /** Delivery began before and its end is not known. */
  readonly again: boolean;
}

export interface Receipt {
  readonly platformId: string | null;
}

/** Bound to one address. */
export interface Reply {
  progress(event: TurnEvent): void;
  /** Resolves when the platform has it; throws when it surely has not. */
  post(part: OutboxPart): Promise<Receipt>;
}

export type Right = 'read' | 'write' | 'approve' | 'admin';

export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments come in order, options as `--name`. */
  readonly kind: 'positional' | 'option' | 'flag';
  readonly type: 'text' | 'word' | 'number' | 'duration' | 'boolean';
  readonly required?: boolean;
  /** The last positional takes everything that is left: as one text (`text`) or as a list (`word`). An option may be given again. */
  readonly repeatable?: boolean;
  /** A text that may be long: `-` in its place has it read from standard input, or from a form where a chat has one. */
  readonly readsInput?: true;
  readonly choices?: readonly string[];
  /** What `complete` offers for it. */
  readonly completes?:
    | 'agent'
    | 'group'
    | 'target'
    | 'worktree'
    | 'conversation'
    | 'turn'
    | 'command'
    | 'file'
    | 'history';
}

export interface SubcommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly right: Right;
  readonly args: readonly ArgumentSpec[];
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly right: Right;
  readonly args: readonly ArgumentSpec[];
  readonly subcommands: readonly SubcommandSpec[];
  /** Which subcommand a bare `/name` means. */
  readonly defaultSubcommand?: string;
  /** Offered only on these surfaces; everywhere when absent. */
  readonly surfaces?: readonly string[];
  /** `turn`: queued, run and answered like a question; `immediate` (when absent too): beside whatever runs. */
  readonly kind?: 'immediate' | 'turn';
}

export interface Choice {
  readonly value: string;
  readonly summary: string;
}

export interface AdapterHost {
  readonly commands: readonly CommandSpec[];
  /**
   * Resolves when the message is durably recorded (or known already), never when it is answered; an adapter acknowledges to its
   * platform after that and not before. Rejects with a UserError when recording failed: then nothing may be acknowledged.
   */
  receive(message: InboundMessage): Promise<{ readonly turnId: string; readonly repeated: boolean }>;
  /** Completions for an argument or a mention that begins with `prefix`. */
  complete(
    kind: NonNullable<ArgumentSpec['completes']>,
    prefix: string,
    place: Place,
    author: Author,
  ): Promise<readonly Choice[]>;
}

/** Small durable records of one kind, by key. They reject with the store's UserErrors. */
export interface SurfaceRecords<T> {
  get(key: string): Promise<T | undefined>;
  /** `ttl` in milliseconds: afterwards the record is gone. */
  set(key: string, value: T, options?: { readonly ttl?: number }): Promise<void>;
  delete(key: string): Promise<boolean>;
  entries(): AsyncIterable<readonly [key: string, value: T]>;
}

/** A message that was accepted has another text now, or (null) is gone. */
export interface Revision {
  readonly surface: string;
  /** The message's own id. */
  readonly id: string;
  readonly text: string | null;
  readonly by: string;
}

/** What a surface that several people share needs of its host beyond what every surface needs. */
export interface SharedHost extends AdapterHost {
  /** Where received files are kept, and which are taken. */
  readonly attachments: { readonly directory: string; readonly maxBytes: number; readonly types: readonly string[] };
  /** Aborted when the program ends: nothing is posted any more, and what was not is left for the next start. */
  readonly ending: AbortSignal;
  /** Records of this surface; `kind` tells them apart. */
  records<T>(kind: string): SurfaceRecords<T>;
  may(place: Place, author: Author, right: Right): boolean;
  /** What happened lately, as far as this person may see it here: when, and what. */
  recent(place: Place, author: Author): Promise<readonly Choice[]>;
  /** Whether messages of this conversation are taken without a mention. */
  follows(conversation: string, channel: string): Promise<boolean>;
  /** Whether a text mentions an agent, a group or everyone, or tries to. */
  addresses(text: string): Promise<boolean>;
  /** A question that still waits is changed or dropped, one that runs and is gone is stopped. Rejects with the UserError that refuses the new text. */
  revise(revision: Revision): Promise<void>;
  /**
   * The surface can post from now on, and will hear this workspace: whatever dead processes left there is taken up. Rejects with
   * UserError `already-served` where another process serves it. To be called before anything is heard.
   */
  opened(workspace: string): Promise<void>;
  /** The surface cannot go on: said once, and the process ends. */
  failed(problem: UserError): void;
}

/** What was said before in the same thread that opened no turn, oldest first; `cut` where there was more. */
export interface Earlier {
  readonly messages: readonly { readonly at: string; readonly author: string; readonly text: string }[];
  readonly cut: boolean;
}

export interface ChatAdapter {
  readonly name: string;
  start(host: AdapterHost): Promise<void>;
  stop(): Promise<void>;
  reply(to: ReplyAddress): Reply;
  /** What others said around a question that the runtime cannot know; null where there is nothing, or it cannot be read. */
  earlier?(message: InboundMessage, signal: AbortSignal): Promise<Earlier | null>;
}
