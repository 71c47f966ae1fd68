import type { AdapterHost } from '../adapter.ts';
import type { AttachmentLimits } from './attachments.ts';

/** What the terminal shows above its first prompt. Plain data, there at once: nothing here waits for an index or a sign-in. */
export interface Banner {
  readonly version: string;
  readonly agents: readonly BannerAgent[];
  /** What decides for the moderator, e.g. "search (no model found, tutti doctor says how to add one)"; null while it is looked for. */
  readonly moderator: string | null;
  /** Sentences to know before the first question, e.g. how many turns of other conversations wait. */
  readonly notices: readonly string[];
  /** A question worth trying, for a first start; null where there is none. */
  readonly suggestion: string | null;
  /** What becomes known after the prompt: the moderator's model, sizes of indexes. Null changes nothing. */
  readonly following: readonly Promise<BannerUpdate | null>[];
}

export type BannerUpdate =
  | { readonly type: 'moderator'; readonly moderator: string }
  | { readonly type: 'agent'; readonly name: string; readonly detail: string };

export interface BannerAgent {
  readonly name: string;
  /** As people write it: relative to where they are. */
  readonly directory: string;
  readonly provider: string;
  /** E.g. "406 files"; null where unknown. */
  readonly detail: string | null;
}

/** A turn taken over from a process that died; its answer comes through `reply`. */
export interface AdoptedTurn {
  readonly turnId: string;
  readonly conversation: string;
  readonly question: string;
}

/** What the terminal needs of its host beyond what every surface needs. */
export interface TerminalHost extends AdapterHost {
  /** What may go with a message. */
  readonly attachments: AttachmentLimits;
  /** Lines sent in the REPL are kept there (0600) for later sessions; null keeps none. */
  readonly historyFile: string | null;
  /** Takes known secrets out of a text before it is kept. */
  mask(text: string): string;
  banner(): Banner;
  /** How many turns of other conversations wait for somebody who takes them, in words; null where none does. */
  waitingElsewhere(): string | null;
  /** An agent's directory as people write it from where they are; null where that is not known. */
  directoryOf(agent: string): string | null;
  /** Stops the turn that runs in this conversation; false when none did. */
  stop(conversation: string): Promise<boolean>;
  /** Ends by force what takes its time to stop. */
  endNow(): void;
  /**
   * Takes over the turns that dead processes left, of one conversation or (null) of all on the terminal, in order; also settled ones
   * whose answer was not printed.
   */
  adopt(conversation: string | null): Promise<readonly AdoptedTurn[]>;
}
