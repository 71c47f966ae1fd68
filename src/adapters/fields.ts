import type { ArgumentSpec, ArgumentValue } from './adapter.ts';
import { findMissing, type ReadArguments } from './arguments.ts';
import { takesRest } from './help.ts';
import { readValue, splitList } from './values.ts';
import { splitWords } from './words.ts';

/**
 * Reads a command's arguments where each has a field of its own, as in the forms of chat platforms. A list is written into one field,
 * its names separated by commas (or by spaces, where the grammar of texts separates them so).
 */
export function readFields(
  given: Readonly<Record<string, string | number | boolean>>,
  args: readonly ArgumentSpec[],
): ReadArguments {
  const values = new Map<string, ArgumentValue>();
  for (const spec of args) {
    const written = given[spec.name];
    if (written === undefined || (spec.kind === 'flag' && isNo(written))) continue;
    const read = readField(spec, String(written), args);
    if ('wrong' in read) return { ok: false, message: read.wrong, hint: read.hint };
    values.set(spec.name, read.value);
  }
  const unknown = Object.keys(given).find((name) => args.every((spec) => spec.name !== name));
  if (unknown !== undefined) return { ok: false, message: `There is no argument ${unknown} here.`, hint: null };
  const missing = findMissing(args, values);
  return missing === null ? { ok: true, args: Object.fromEntries(values) } : { ok: false, ...missing };
}

/** A flag that is not set is not there. */
function isNo(written: string | number | boolean): boolean {
  return String(written) === 'false';
}

type ReadField = ReturnType<typeof readValue>;

function readField(spec: ArgumentSpec, written: string, args: readonly ArgumentSpec[]): ReadField {
  if (spec.kind === 'flag') return readValue({ ...spec, type: 'boolean' }, written);
  if (spec.repeatable !== true || takesRest(spec, args)) return readValue(spec, written);
  const parts = listed(spec, written);
  const values: string[] = [];
  for (const part of parts) {
    const read = readValue(spec, part);
    if ('wrong' in read) return read;
    values.push(String(read.value));
  }
  return values.length === 0 ? readValue({ ...spec, type: 'word' }, '') : { value: values };
}

function listed(spec: ArgumentSpec, written: string): readonly string[] {
  if (spec.kind === 'option') return splitList(spec, written);
  return splitWords(written).flatMap(({ value, quoted }) => (quoted ? [value] : splitList(spec, value)));
}
