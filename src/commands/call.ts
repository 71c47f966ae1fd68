import type { CommandSpec, Right } from '../adapters/adapter.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** The subcommand that a call means: the written one, else the command's default. */
export function subcommandOf(command: CommandSpec, written: string | null): string | null {
  return written ?? command.defaultSubcommand ?? null;
}

/** The right that a command, or its subcommand, needs. */
export function rightOf(command: CommandSpec, subcommand: string | null): Right {
  return command.subcommands.find((one) => one.name === subcommand)?.right ?? command.right;
}

/** The command of this name; throws UserError `usage` with those that were probably meant. `all` says where all of them are listed. */
export function namedCommand<T extends CommandSpec>(
  name: string,
  commands: readonly T[],
  all = '/help lists all of them.',
): T {
  const found = commands.find((command) => command.name === name.toLowerCase());
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  const near = nearest(name, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : all;
  throw new UserError('usage', `There is no command "${name}".`, { hint, exit: 2 });
}
