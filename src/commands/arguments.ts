import type { CommandCall } from '../adapters/adapter.ts';
import { UserError } from '../errors.ts';

/** Reading a call's arguments by name. The grammar has checked them against the command's declaration; these only narrow the types. */

export function textOf(args: CommandCall['args'], name: string): string | null {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function requiredText(args: CommandCall['args'], name: string): string {
  const value = textOf(args, name);
  if (value === null) throw new UserError('usage', `${name.toUpperCase()} is missing.`, { exit: 2 });
  return value;
}

export function numberOf(args: CommandCall['args'], name: string): number | null {
  const value = args[name];
  return typeof value === 'number' ? value : null;
}

export function flagOf(args: CommandCall['args'], name: string): boolean {
  return args[name] === true;
}

export function listOf(args: CommandCall['args'], name: string): readonly string[] {
  const value = args[name];
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return typeof value === 'string' ? [value] : [];
}

/** A name as people write it, with or without the `@`. */
export function bareName(written: string): string {
  return written.startsWith('@') ? written.slice(1) : written;
}

/** ISO, or how long ago: `2h`, `7d`. Null where nothing was written. */
export function timeOf(args: CommandCall['args'], name: string, now: Date): Date | null {
  const written = textOf(args, name);
  if (written === null) return null;
  const ago = /^(\d+)\s*([smhdw])$/.exec(written);
  if (ago?.[1] !== undefined && ago[2] !== undefined)
    return new Date(now.getTime() - Number(ago[1]) * (unitMs[ago[2]] ?? 0));
  const time = new Date(written);
  if (Number.isNaN(time.getTime())) {
    throw new UserError('usage', `"${written}" is no time.`, {
      hint: 'Write a date such as 2026-11-24, a time such as 2026-11-24T08:00Z, or how long ago: 2h, 7d.',
      exit: 2,
    });
  }
  return time;
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
