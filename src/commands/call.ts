import type { CommandSpec, Right } from '../adapters/adapter.ts';

/** The subcommand that a call means: the written one, else the command's default. */
export function subcommandOf(command: CommandSpec, written: string | null): string | null {
  return written ?? command.defaultSubcommand ?? null;
}

/** The right that a command, or its subcommand, needs. */
export function rightOf(command: CommandSpec, subcommand: string | null): Right {
  return command.subcommands.find((one) => one.name === subcommand)?.right ?? command.right;
}
