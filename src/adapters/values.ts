import { nearest } from '../nearest.ts';
import type { ArgumentSpec, ArgumentValue } from './adapter.ts';

/** A value that fits its argument, or the sentence that says why not. */
export type ReadValue = { readonly value: ArgumentValue } | { readonly wrong: string; readonly hint: string | null };

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `30s`, `5m`, `2h`, `7d` as milliseconds; null when it is no duration. */
export function readDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/u.exec(text.trim());
  if (match === null) return null;
  return Math.round(Number(match[1]) * (unitMs[match[2] ?? ''] ?? 0));
}

/** Reads what was written for one argument: numbers as numbers, durations in milliseconds, choices as they are declared. */
export function readValue(spec: ArgumentSpec, written: string): ReadValue {
  const name = spec.kind === 'positional' ? spec.name.toUpperCase() : `--${spec.name}`;
  if (spec.choices !== undefined) return readChoice(name, spec.choices, written);
  if (spec.type === 'number') {
    if (/^\d+(?:\.\d+)?$/u.test(written)) return { value: Number(written) };
    return { wrong: `${name} takes a number, not "${written}".`, hint: null };
  }
  if (spec.type === 'duration') {
    const duration = readDuration(written);
    if (duration !== null) return { value: duration };
    return { wrong: `${name} takes a duration, not "${written}".`, hint: 'Write it like 30s, 5m, 2h or 7d.' };
  }
  if (spec.type === 'boolean') return readBoolean(name, written);
  if (written === '') return { wrong: `${name} is empty.`, hint: null };
  return { value: written };
}

function readChoice(name: string, choices: readonly string[], written: string): ReadValue {
  const chosen = choices.find((choice) => choice.toLowerCase() === written.toLowerCase());
  if (chosen !== undefined) return { value: chosen };
  const close = nearest(written, choices);
  return {
    wrong: `${name} is one of ${choices.join(', ')}, not "${written}".`,
    hint: close.length === 0 ? null : `Did you mean ${close.join(' or ')}?`,
  };
}

function readBoolean(name: string, written: string): ReadValue {
  const lower = written.toLowerCase();
  if (['true', 'yes', 'on'].includes(lower)) return { value: true };
  if (['false', 'no', 'off'].includes(lower)) return { value: false };
  return { wrong: `${name} is yes or no, not "${written}".`, hint: null };
}

/** The separate names of a list option: `--agents a,b` and `--agents "a, b"` name two. */
export function splitList(spec: ArgumentSpec, written: string): readonly string[] {
  if (spec.type !== 'word' || spec.completes === 'file') return [written];
  return written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
