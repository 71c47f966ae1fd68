import type { Author, CommandCall, CommandSpec, Place, TurnResult } from '../adapters/adapter.ts';
import type { Services } from './services.ts';

/** The contract of a slash command: what it is called and takes (data, so that every surface derives its own syntax and help), and what it does. */

export interface CommandContext {
  readonly services: Services;
  readonly place: Place;
  readonly author: Author;
  readonly conversation: string;
  /** The subcommand that is meant; the default one where none was written. */
  readonly subcommand: string | null;
  readonly args: CommandCall['args'];
  readonly signal: AbortSignal;
}

export interface OpeningContext extends Omit<CommandContext, 'signal'> {
  /** The turn that was found to be carried on when this one was accepted; null before that. */
  readonly carries: string | null;
}

/** What a command says: markdown for people, `data` for `--json`, `exit` (0 when absent) for the command line. */
export interface Outbound {
  readonly markdown: string;
  readonly data: unknown;
  readonly exit?: number;
  /** Printed as it is on a command line, instead of rendered markdown (an export). */
  readonly verbatim?: string;
}

/** What a person asked for: a message, or a command that opens a turn. */
export interface QuestionRequest {
  readonly text: string;
  /** `--agents`: agents, groups and agent/branch, as written. */
  readonly agents: readonly string[];
  readonly rounds: number | null;
  readonly write: boolean;
  readonly sequential: boolean;
  readonly model: string | null;
  /** `send AGENT`: that agent alone, without the moderator. */
  readonly to: string | null;
  /** `send --session`: the provider's own id of the session to go on with. */
  readonly session: string | null;
  /** The turn whose rounds this one carries on, and which of its unanswered asks are asked again. */
  readonly retries: { readonly turnId: string; readonly repeat: 'failed' | readonly string[] } | null;
}

/** Does its work at once, beside whatever runs. */
export interface ImmediateCommand extends CommandSpec {
  readonly kind: 'immediate';
  /** Whether it changes anything: then it is recorded and stands in the history. */
  changes(subcommand: string | null): boolean;
  /** Expected failures are thrown as UserError. */
  run(context: CommandContext): Promise<Outbound>;
}

/** Opens a turn of its conversation: queued, run and settled like a question. */
export interface TurnCommand extends CommandSpec {
  readonly kind: 'turn';
  /** Pure but for reading the ledger; a call that cannot open a turn is a UserError. */
  opens(context: OpeningContext): QuestionRequest;
  /** The `--json` object. */
  present(result: TurnResult): unknown;
}

export type Command = ImmediateCommand | TurnCommand;
