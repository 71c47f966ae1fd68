/**
 * The first of an agent's own arguments that would widen what its runs may do, or null. Recognised as a word of its own, with `=value`,
 * and, for flags of one letter, with the value attached.
 */
export function bypassingArgument(args: readonly string[], bypassFlags: readonly string[]): string | null {
  return args.find((argument) => bypassFlags.some((flag) => isFlag(argument, flag))) ?? null;
}

function isFlag(argument: string, flag: string): boolean {
  if (argument === flag || argument.startsWith(`${flag}=`)) return true;
  const isShort = /^-[a-zA-Z]$/.test(flag);
  // Letters may be written together: `-ny` holds `-y`.
  return isShort && /^-[a-zA-Z]/.test(argument) && argument.slice(1).includes(flag.slice(1));
}
