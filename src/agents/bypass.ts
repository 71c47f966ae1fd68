/** Ends the options of any CLI, so that all of ours after it would be words. */
const endOfOptions = '--';

/**
 * The first of an agent's own arguments that would widen what its runs may do, or take its session elsewhere; null where there is none.
 * Recognised as a word of its own, with `=value`, and, for flags of one letter, among other letters or with the value attached.
 */
export function bypassingArgument(args: readonly string[], bypassFlags: readonly string[]): string | null {
  const isForbidden = (argument: string) => bypassFlags.some((flag) => isFlag(argument, flag));
  return args.find((argument) => argument === endOfOptions || isForbidden(argument)) ?? null;
}

function isFlag(argument: string, flag: string): boolean {
  if (argument === flag || argument.startsWith(`${flag}=`)) return true;
  if (!/^-[a-zA-Z]$/.test(flag)) return false;
  return argument.startsWith(flag) || (/^-[a-zA-Z]+$/.test(argument) && argument.includes(flag.slice(1)));
}
