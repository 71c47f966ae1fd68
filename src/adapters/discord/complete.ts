import type { AdapterHost, Author, Choice, CommandSpec, Place } from '../adapter.ts';
import { argumentsOf } from '../help.ts';
import { wantedValue } from '../wanted.ts';
import { chosen, type GivenOption } from './call.ts';
import { mostInChoice, mostInList, offeredCommands, umbrella } from './commands.ts';

/** A command while somebody types one of its options. */
export interface Typing {
  readonly name: string;
  readonly options: readonly GivenOption[];
}

export interface SuggestOptions {
  readonly host: Pick<AdapterHost, 'commands' | 'complete'>;
  readonly place: Place;
  readonly author: Author;
}

/** What discord.js' `respond` takes. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** Discord waits for three seconds, and the answer has to get there. */
const patienceMs = 2_000;

/**
 * What could stand in the option that is being typed, as far as this person may see it: at most what one list holds. Nothing where it
 * cannot be had in time; never rejects.
 */
export async function suggest(typing: Typing, options: SuggestOptions): Promise<readonly Suggestion[]> {
  const overdue = Promise.withResolvers<readonly Suggestion[]>();
  const timer = setTimeout(() => overdue.resolve([]), patienceMs);
  try {
    return await Promise.race([lookUp(typing, options), overdue.promise]);
  } catch {
    // A suggestion that cannot be had is none: nothing depends on it.
    return [];
  } finally {
    clearTimeout(timer);
  }
}

async function lookUp({ name, options }: Typing, known: SuggestOptions): Promise<readonly Suggestion[]> {
  const commands = offeredCommands(known.host.commands);
  if (name === umbrella.name) return commandLines(written(options[0]), commands);
  const spec = commands.find((one) => one.name === name);
  if (spec === undefined) return [];
  const { subcommand, given } = chosen(spec, options);
  const focused = given.find((option) => option.focused === true);
  const argument = argumentsOf(spec, subcommand).find((one) => one.name === focused?.name);
  if (argument === undefined) return [];
  const { before, last } = split(written(focused), argument.repeatable === true);
  const wanted = wantedValue(argument, 0, last);
  if (wanted === null) return [];
  const asked = await Promise.all(wanted.ask.map((kind) => ask(kind, wanted.prefix, commands, known)));
  const kept = `${before}${last.slice(0, wanted.from)}`;
  return [...wanted.choices, ...asked.flat()].flatMap((choice) => suggestion(kept, choice)).slice(0, mostInList);
}

async function ask(
  kind: Parameters<AdapterHost['complete']>[0],
  prefix: string,
  commands: readonly CommandSpec[],
  { host, place, author }: SuggestOptions,
): Promise<readonly Choice[]> {
  return kind === 'command' ? commandNames(prefix, commands) : host.complete(kind, prefix, place, author);
}

function written(option: GivenOption | undefined): string {
  return String(option?.value ?? '');
}

/** Of a list, what is written already and the name that is being typed. */
function split(text: string, isList: boolean): { readonly before: string; readonly last: string } {
  const from = isList ? text.search(/[^,\s]*$/u) : 0;
  return { before: text.slice(0, from), last: text.slice(from) };
}

/** One that is too long for Discord could not be chosen: it is left out. */
function suggestion(kept: string, { value, summary }: Choice): readonly Suggestion[] {
  const whole = `${kept}${value}`;
  if (whole.length > mostInChoice) return [];
  return [{ name: shown(whole, summary), value: whole }];
}

function shown(value: string, summary: string): string {
  const line = summary === '' ? value : `${value} · ${summary}`;
  return line.length <= mostInChoice ? line : `${line.slice(0, mostInChoice - 1)}…`;
}

function commandNames(prefix: string, commands: readonly CommandSpec[]): readonly Choice[] {
  return commands
    .filter(({ name }) => name.startsWith(prefix.toLowerCase()))
    .map(({ name, summary }) => ({ value: name, summary }));
}

/** Whole commands for the umbrella, subcommands included once a command is named. */
function commandLines(typed: string, commands: readonly CommandSpec[]): readonly Suggestion[] {
  const start = typed.replace(/^\s*[/!]?/u, '').toLowerCase();
  const named = commands.find(({ name }) => start.startsWith(`${name} `));
  const lines =
    named === undefined
      ? commandNames(start, commands)
      : named.subcommands
          .map(({ name, summary }) => ({ value: `${named.name} ${name}`, summary }))
          .filter(({ value }) => value.startsWith(start));
  return lines.flatMap((choice) => suggestion('', choice)).slice(0, mostInList);
}
