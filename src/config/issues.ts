import type { z } from 'zod/mini';
import type { Problem, Source, ValuePath } from './source.ts';
import { didYouMean } from './suggest.ts';

/** Says for people what a schema found wrong: where, what stands there, what was expected, and the nearest key. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], source: Source): readonly Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(path, key, issue.message, source));
    return [
      { line: source.lineOf(path), message: `${named(path)} ${standing(path, source)}; expected ${issue.message}` },
    ];
  });
}

function unknownKey(path: ValuePath, key: string, expected: string, source: Source): Problem {
  const where = path.length === 0 ? '' : ` in ${named(path)}`;
  const isSecret = path[0] === 'surfaces' && /token|secret/i.test(key);
  const guess = isSecret ? ' (secrets are taken from the environment only)' : didYouMean(key, expected.split(', '));
  return {
    line: source.lineOf([...path, key]),
    message: `unknown key "${key}"${where}${guess}; expected one of ${expected}`,
  };
}

/** `agents.api.args[1]`. */
export function named(path: ValuePath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}

/** Values are shown only where they are short, and never one that may hold a secret. */
function standing(path: ValuePath, source: Source): string {
  const value = valueAt(path, source.value);
  if (value === undefined) return 'is missing';
  if (value === null) return 'has no value (null)';
  if (Array.isArray(value)) return value.length === 0 ? 'is an empty list' : 'is a list';
  if (typeof value === 'object') return 'has keys of its own';
  const shown = String(value);
  if (shown.length > 40 || shown.includes('://') || path.includes('env')) return 'is something else';
  return typeof value === 'string' ? `is "${shown}"` : `is ${shown}`;
}

function valueAt(path: ValuePath, value: unknown): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );
}
