import { nearest } from '../nearest.ts';
import type { ArgumentSpec, ArgumentValue } from './adapter.ts';
import { takesRest } from './help.ts';
import { readValue, splitList } from './values.ts';
import type { Word } from './words.ts';

export type ReadArguments =
  | { readonly ok: true; readonly args: Readonly<Record<string, ArgumentValue>> }
  | { readonly ok: false; readonly message: string; readonly hint: string | null };

type Values = Map<string, ArgumentValue>;
type Problem = { readonly message: string; readonly hint: string | null };

/**
 * Reads the words behind a command's name. `source` is the text they were cut from, null where a shell has cut them: in a text,
 * an argument that takes the rest takes it verbatim, but for known options at its very end.
 */
export function readArguments(
  words: readonly Word[],
  args: readonly ArgumentSpec[],
  source: string | null,
): ReadArguments {
  const values: Values = new Map();
  const problem = readAll(words, args, source, values) ?? findMissing(args, values);
  return problem === null ? { ok: true, args: Object.fromEntries(values) } : { ok: false, ...problem };
}

function readAll(
  words: readonly Word[],
  args: readonly ArgumentSpec[],
  source: string | null,
  values: Values,
): Problem | null {
  const positionals = args.filter(({ kind }) => kind === 'positional');
  let filled = 0;
  let onlyData = false;
  let index = 0;
  for (let word = words[index]; word !== undefined; index += 1, word = words[index]) {
    if (!onlyData && !word.quoted && word.value === '--') {
      onlyData = true;
      continue;
    }
    if (!onlyData && isOption(word)) {
      const read = readOption(words, index, args, values);
      if ('message' in read) return read;
      index = read.last;
      continue;
    }
    const spec = positionals[filled];
    if (spec === undefined) return unexpected(word, args);
    if (takesRest(spec, args) && source !== null)
      return readRest(words.slice(index), spec, args, { source, values, onlyData });
    const problem = readPositional(word, spec, args, values);
    if (problem !== null) return problem;
    if (!spec.repeatable && !takesRest(spec, args)) filled += 1;
  }
  return null;
}

function isOption(word: Word): boolean {
  return !word.quoted && /^--[A-Za-z][\w-]*(?:=|$)/u.test(word.value);
}

function unexpected(word: Word, args: readonly ArgumentSpec[]): Problem {
  const takesNone = args.every(({ kind }) => kind !== 'positional');
  const close = nearest(
    word.value,
    args.filter(({ kind }) => kind !== 'positional').map(({ name }) => name),
  );
  return {
    message: takesNone ? `It takes no argument like "${word.value}".` : `"${word.value}" is one argument too many.`,
    hint: close.length === 0 ? null : `Did you mean --${close[0]}?`,
  };
}

function readPositional(word: Word, spec: ArgumentSpec, args: readonly ArgumentSpec[], values: Values): Problem | null {
  if (word.unclosed) return { message: `The quote before ${word.value.slice(1)} is never closed.`, hint: null };
  const read = readValue(spec, word.value);
  if ('wrong' in read) return { message: read.wrong, hint: read.hint };
  const before = values.get(spec.name);
  if (takesRest(spec, args)) values.set(spec.name, before === undefined ? read.value : `${before} ${read.value}`);
  else if (spec.repeatable) values.set(spec.name, [...asList(before), String(read.value)]);
  else values.set(spec.name, read.value);
  return null;
}

function asList(value: ArgumentValue | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** Reads the option at `index`; `last` is the index of the last word that belongs to it. */
function readOption(
  words: readonly Word[],
  index: number,
  args: readonly ArgumentSpec[],
  values: Values,
): { readonly last: number } | Problem {
  const written = words[index]?.value ?? '';
  const equals = written.indexOf('=');
  const name = (equals === -1 ? written : written.slice(0, equals)).slice(2).toLowerCase();
  const spec = args.find((one) => one.kind !== 'positional' && one.name === name);
  if (spec === undefined) return unknownOption(name, args);
  if (values.has(name) && !spec.repeatable) return { message: `--${name} was given twice.`, hint: null };
  if (spec.kind === 'flag') {
    if (equals !== -1) return { message: `--${name} takes no value.`, hint: null };
    values.set(name, true);
    return { last: index };
  }
  const following = words[index + 1];
  const missing = following === undefined || isKnownOption(following, args);
  if (equals === -1 && missing) return { message: `--${name} needs a value.`, hint: null };
  const value = equals === -1 ? (following?.value ?? '') : written.slice(equals + 1);
  const problem = setOption(spec, value, values);
  return problem ?? { last: equals === -1 ? index + 1 : index };
}

function isKnownOption(word: Word, args: readonly ArgumentSpec[]): boolean {
  if (!isOption(word)) return false;
  const name = word.value.slice(2).split('=', 1)[0]?.toLowerCase();
  return args.some((one) => one.kind !== 'positional' && one.name === name);
}

function setOption(spec: ArgumentSpec, written: string, values: Values): Problem | null {
  const parts = spec.repeatable ? splitList(spec, written) : [written];
  if (parts.length === 0) return { message: `--${spec.name} needs a value.`, hint: null };
  for (const part of parts) {
    const read = readValue(spec, part);
    if ('wrong' in read) return { message: read.wrong, hint: read.hint };
    values.set(spec.name, spec.repeatable ? [...asList(values.get(spec.name)), String(read.value)] : read.value);
  }
  return null;
}

function unknownOption(name: string, args: readonly ArgumentSpec[]): Problem {
  const names = args.filter(({ kind }) => kind !== 'positional').map((one) => one.name);
  const close = nearest(name, names);
  return {
    message: `There is no option --${name} here.`,
    hint: close.length === 0 ? null : `Did you mean ${close.map((one) => `--${one}`).join(' or ')}?`,
  };
}

/** Takes everything that is left as one text: verbatim, without the known options that stand at its very end. */
function readRest(
  words: readonly Word[],
  spec: ArgumentSpec,
  args: readonly ArgumentSpec[],
  rest: { readonly source: string; readonly values: Values; readonly onlyData: boolean },
): Problem | null {
  const trailing = rest.onlyData ? null : findTrailingOptions(words, args, rest.values);
  const own = words.slice(0, trailing?.from ?? words.length);
  const first = own[0];
  const last = own.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = own.length === 1 && first.wrapped ? first.value : rest.source.slice(first.start, last.end);
  const read = readValue(spec, text);
  if ('wrong' in read) return { message: read.wrong, hint: read.hint };
  rest.values.set(spec.name, read.value);
  for (const [name, value] of trailing?.values ?? []) rest.values.set(name, value);
  return null;
}

function findTrailingOptions(
  words: readonly Word[],
  args: readonly ArgumentSpec[],
  before: Values,
): { readonly from: number; readonly values: Values } | null {
  for (let from = 1; from < words.length; from += 1) {
    const word = words[from];
    if (word === undefined || !isKnownOption(word, args)) continue;
    const values = readOptionsOnly(words.slice(from), args, before);
    if (values !== null) return { from, values };
  }
  return null;
}

function readOptionsOnly(words: readonly Word[], args: readonly ArgumentSpec[], before: Values): Values | null {
  const values: Values = new Map(before);
  let index = 0;
  for (let word = words[index]; word !== undefined; index += 1, word = words[index]) {
    if (!isOption(word)) return null;
    const read = readOption(words, index, args, values);
    if ('message' in read) return null;
    index = read.last;
  }
  return values;
}

/** What is required and not there, as a problem; null where nothing is missing. */
export function findMissing(args: readonly ArgumentSpec[], values: Values): Problem | null {
  const missing = args.filter(({ name, required }) => required && !values.has(name));
  if (missing.length === 0) return null;
  const names = missing.map(({ kind, name }) => (kind === 'positional' ? name.toUpperCase() : `--${name}`));
  return { message: `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} missing.`, hint: null };
}
