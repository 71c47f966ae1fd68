import type { SQLOutputValue } from 'node:sqlite';

/** Reading columns: a value of another type than the schema's is a defect, or damage, and is said as such. */

/** A text column. */
export function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError(`Expected a text in the database, found ${typeof value}.`);
  return value;
}

/** A text column that may be NULL. */
export function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null ? null : text(value);
}

/** An integer column. */
export function integer(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw new TypeError(`Expected a number in the database, found ${typeof value}.`);
  return value;
}

/** An integer column that may be NULL. */
export function integerOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null ? null : integer(value);
}

/** A text column that holds JSON which this program wrote: the type is what was written. */
export function json<T>(value: SQLOutputValue | undefined): T {
  return JSON.parse(text(value));
}

/** The same where it may be NULL. */
export function jsonOrNull<T>(value: SQLOutputValue | undefined): T | null {
  return value === null ? null : json<T>(value);
}
