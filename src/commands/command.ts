import type { ArgumentSpec, Author, CommandCall, CommandSpec, Place } from '../adapters/adapter.ts';
import type { Services } from './services.ts';

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

/** What a command says: markdown for people, `data` for `--json`, `exit` for the command line. */
export interface Outbound {
  readonly markdown: string;
  readonly data: unknown;
  readonly exit?: number;
}

export interface Command extends CommandSpec {
  /** Whether it changes anything: then it stands in the history. */
  changes(subcommand: string | null): boolean;
  run(context: CommandContext): Promise<Outbound>;
}

export type { ArgumentSpec };
