import { nearest } from '../nearest.ts';
import type { CommandCall, CommandSpec, SubcommandSpec } from './adapter.ts';
import { readArguments } from './arguments.ts';
import { argumentsOf, type Prefix, usageLine } from './help.ts';
import { givenWords, splitWords, type Word } from './words.ts';

/** What somebody wrote that no command understands. `command` is the one that was meant, where that is known. */
export interface UsageProblem {
  readonly code: 'usage';
  readonly message: string;
  readonly hint: string | null;
  readonly command: string | null;
}

/** A command, with what declares it; or what is wrong with it. */
export type Parsed =
  | {
      readonly ok: true;
      readonly call: CommandCall;
      readonly spec: CommandSpec;
      readonly subcommand: SubcommandSpec | null;
    }
  | { readonly ok: false; readonly problem: UsageProblem };

/** Reads a command from the words of a command line, as the shell has separated them (without options for Tutti itself). */
export function parseWords(words: readonly string[], commands: readonly CommandSpec[]): Parsed {
  return parse(givenWords(words), null, commands, 'tutti ');
}

/**
 * Reads a command from a message: `/name …`, `!name …`, also behind the umbrella `/tutti`. With `bare`, for messages that opened
 * with the bot's own mention (removed already), `name …` is a command too where it clearly reads as one. Null: it is no command
 * but a message like any other.
 */
export function parseText(
  text: string,
  commands: readonly CommandSpec[],
  options: { readonly bare: boolean },
): Parsed | null {
  const sigil = /^\s*([/!])([A-Za-z][\w-]*)(?=\s|$)/u.exec(text);
  if (sigil === null) return options.bare ? parseBare(text, commands) : null;
  const prefix = sigil[1] === '!' ? '!' : '/';
  const body = text.slice(text.indexOf(prefix) + 1);
  const umbrella = /^tutti(?=\s|$)/iu.exec(body);
  if (umbrella !== null) return parseUmbrella(body.slice(umbrella[0].length), commands, prefix);
  // An exclamation is not always a command: "!important" is one only if there is something like it.
  if (prefix === '!' && nearestCommands(sigil[2] ?? '', commands).length === 0) return null;
  return parse(splitWords(body), body, commands, prefix);
}

function parseUmbrella(rest: string, commands: readonly CommandSpec[], prefix: Prefix): Parsed {
  const words = splitWords(rest);
  if (words.length > 0) return parse(words, rest, commands, prefix);
  return parse(splitWords('help'), 'help', commands, prefix);
}

function parseBare(text: string, commands: readonly CommandSpec[]): Parsed | null {
  const words = splitWords(text);
  const spec = findCommand(words[0], commands);
  if (spec === null) return null;
  const second = words[1];
  const subcommand = findSubcommand(second, spec);
  // "history of the module" is a question, "history list" and "history --limit 5" are not.
  if (spec.subcommands.length > 0 && second !== undefined && subcommand === null && !second.value.startsWith('--'))
    return null;
  const parsed = parse(words, text, commands, '/');
  return parsed.ok || subcommand !== null ? parsed : null;
}

function parse(
  words: readonly Word[],
  source: string | null,
  commands: readonly CommandSpec[],
  prefix: Prefix,
): Parsed {
  const spec = findCommand(words[0], commands);
  if (spec === null) return wrong(null, unknownCommand(words[0]?.value ?? '', commands, prefix));
  const chosen = chooseSubcommand(words[1], spec, prefix);
  if ('message' in chosen) return wrong(spec.name, chosen);
  const rest = words.slice(chosen.written ? 2 : 1);
  const read = readArguments(rest, argumentsOf(spec, chosen.subcommand), source);
  if (!read.ok) {
    const usage = `Usage: ${usageLine(spec, chosen.subcommand, prefix)}`;
    return wrong(spec.name, { message: read.message, hint: read.hint === null ? usage : `${read.hint} ${usage}` });
  }
  const call = { name: spec.name, subcommand: chosen.subcommand?.name ?? null, args: read.args };
  return { ok: true, call, spec, subcommand: chosen.subcommand };
}

function wrong(command: string | null, said: { readonly message: string; readonly hint: string | null }): Parsed {
  return { ok: false, problem: { code: 'usage', message: said.message, hint: said.hint, command } };
}

function findCommand(word: Word | undefined, commands: readonly CommandSpec[]): CommandSpec | null {
  if (word === undefined || word.quoted) return null;
  return commands.find(({ name }) => name === word.value.toLowerCase()) ?? null;
}

function findSubcommand(word: Word | undefined, spec: CommandSpec): SubcommandSpec | null {
  if (word === undefined || word.quoted) return null;
  return spec.subcommands.find(({ name }) => name === word.value.toLowerCase()) ?? null;
}

function unknownCommand(name: string, commands: readonly CommandSpec[], prefix: Prefix) {
  const close = nearestCommands(name, commands);
  return {
    message: name === '' ? 'No command was given.' : `There is no command "${name}".`,
    hint:
      close.length === 0
        ? `${prefix}help lists the commands.`
        : `Did you mean ${close.map((one) => prefix + one).join(' or ')}?`,
  };
}

function nearestCommands(name: string, commands: readonly CommandSpec[]): readonly string[] {
  return nearest(
    name,
    commands.map((spec) => spec.name),
  );
}

type Chosen =
  | { readonly subcommand: SubcommandSpec | null; readonly written: boolean }
  | { readonly message: string; readonly hint: string };

/** The subcommand that stands there, or the default one; a misspelled one is no argument of the default. */
function chooseSubcommand(word: Word | undefined, spec: CommandSpec, prefix: Prefix): Chosen {
  const written = findSubcommand(word, spec);
  if (written !== null) return { subcommand: written, written: true };
  const fallback = spec.subcommands.find(({ name }) => name === spec.defaultSubcommand) ?? null;
  const names = spec.subcommands.map(({ name }) => name);
  if (names.length === 0 || (word === undefined && fallback !== null)) return { subcommand: fallback, written: false };
  if (word === undefined) {
    if (spec.args.some(({ kind }) => kind === 'positional')) return { subcommand: null, written: false };
    return { message: `${prefix}${spec.name} needs a subcommand.`, hint: `It is one of ${names.join(', ')}.` };
  }
  const positionals = argumentsOf(spec, fallback).some(({ kind }) => kind === 'positional');
  const close = word.quoted ? [] : nearest(word.value, names);
  if (word.value.startsWith('--') || (positionals && close.length === 0))
    return { subcommand: fallback, written: false };
  return {
    message: `${prefix}${spec.name} has no subcommand "${word.value}".`,
    hint: close.length === 0 ? `It is one of ${names.join(', ')}.` : `Did you mean ${close.join(' or ')}?`,
  };
}
