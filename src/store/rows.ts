import type { SQLOutputValue } from 'node:sqlite';
import { damageError } from './failures.ts';

/** Reading columns. The schema is strict, so a value it does not allow is damage: UserError `store-damaged`. */

/** A text column. */
export function text(value: SQLOutputValue | undefined): string {
  return typeof value === 'string' ? value : damaged();
}

/** A text column that may be NULL. */
export function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null ? null : text(value);
}

/** An integer column. */
export function integer(value: SQLOutputValue | undefined): number {
  return typeof value === 'number' ? value : damaged();
}

/** An integer column that may be NULL. */
export function integerOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null ? null : integer(value);
}

/** A text column that holds JSON which this program wrote: the type is what was written. */
export function json<T>(value: SQLOutputValue | undefined): T {
  try {
    return JSON.parse(text(value));
  } catch (error) {
    return damaged(error);
  }
}

/** The same where it may be NULL. */
export function jsonOrNull<T>(value: SQLOutputValue | undefined): T | null {
  return value === null ? null : json<T>(value);
}

/** Throws what is to be said of a record that cannot be. */
function damaged(cause?: unknown): never {
  throw damageError('A record in the database cannot be read: the file is damaged.', cause);
}
