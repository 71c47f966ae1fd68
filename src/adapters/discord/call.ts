import { ApplicationCommandOptionType } from 'discord.js';
import type { ArgumentSpec, ArgumentValue, CommandCall, CommandSpec, SubcommandSpec } from '../adapter.ts';
import { readFields } from '../fields.ts';
import { parseText, type UsageProblem } from '../grammar.ts';
import { argumentsOf, takesRest, usageLine } from '../help.ts';
import { offeredCommands, umbrella } from './commands.ts';

/** An option as an interaction brings it: discord.js' `CommandInteractionOption`, or the raw one. Plain data. */
export interface GivenOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  /** It is the one that is being typed. */
  readonly focused?: boolean;
  /** Of a subcommand. */
  readonly options?: readonly GivenOption[];
}

/** A slash command as it was given: a call, one whose text is still to be asked for in a form, or what is wrong with it. */
export type GivenCall =
  | { readonly kind: 'call'; readonly call: CommandCall; readonly spec: CommandSpec; readonly text: string }
  | { readonly kind: 'form'; readonly call: CommandCall; readonly spec: CommandSpec; readonly field: ArgumentSpec }
  | { readonly kind: 'problem'; readonly problem: UsageProblem };

/**
 * Reads what a slash command was given, the inverse of `discordCommands`. What people wrote freely is checked as everywhere else; an
 * interaction of commands that were registered by another version may hold anything. `text` is the call as it would have been typed.
 */
export function readGiven(name: string, options: readonly GivenOption[], commands: readonly CommandSpec[]): GivenCall {
  const offered = offeredCommands(commands);
  if (name === umbrella.name) return readUmbrella(String(options[0]?.value ?? ''), offered);
  const spec = offered.find((one) => one.name === name);
  if (spec === undefined) {
    const hint =
      'The commands of this server are not those of this version: reload Discord, or run tutti discord register.';
    return problem(null, { message: `There is no command /${name}.`, hint });
  }
  const { subcommand, given } = chosen(spec, options);
  if (spec.subcommands.length > 0 && subcommand === null) {
    const hint = `It is one of ${spec.subcommands.map((one) => one.name).join(', ')}.`;
    return problem(spec.name, { message: `/${spec.name} needs a subcommand.`, hint });
  }
  const fields = Object.fromEntries(given.flatMap((one) => (one.value === undefined ? [] : [[one.name, one.value]])));
  const read = readFields(fields, argumentsOf(spec, subcommand));
  if (!read.ok) {
    const usage = `Usage: ${usageLine(spec, subcommand, '/')}`;
    return problem(spec.name, { message: read.message, hint: read.hint === null ? usage : `${read.hint} ${usage}` });
  }
  return completed({ name: spec.name, subcommand: subcommand?.name ?? null, args: read.args }, spec, subcommand);
}

/** The call with the text that was written into its form. */
export function withText({ call, spec, field }: Extract<GivenCall, { kind: 'form' }>, written: string): GivenCall {
  const text = written.trim();
  if (text === '' || text === '-')
    return problem(spec.name, { message: `${field.name.toUpperCase()} is empty.`, hint: null });
  const whole = { ...call, args: { ...call.args, [field.name]: text } };
  return completed(whole, spec, subcommandOf(spec, call.subcommand));
}

/** The subcommand that is meant, and the options inside it. */
export function chosen(
  spec: CommandSpec,
  options: readonly GivenOption[],
): { readonly subcommand: SubcommandSpec | null; readonly given: readonly GivenOption[] } {
  const nested = options.find(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  if (nested === undefined) return { subcommand: null, given: options };
  return { subcommand: subcommandOf(spec, nested.name), given: nested.options ?? [] };
}

function subcommandOf(spec: CommandSpec, name: string | null): SubcommandSpec | null {
  return spec.subcommands.find((one) => one.name === name) ?? null;
}

function readUmbrella(text: string, commands: readonly CommandSpec[]): GivenCall {
  const parsed = parseText(`/${umbrella.name} ${text.replace(/^\s*[/!]/u, '')}`, commands, { bare: false });
  if (parsed?.ok === true) return completed(parsed.call, parsed.spec, parsed.subcommand);
  return problem(parsed?.problem.command ?? null, parsed?.problem ?? { message: 'No command was given.', hint: null });
}

function completed(call: CommandCall, spec: CommandSpec, subcommand: SubcommandSpec | null): GivenCall {
  const field = argumentsOf(spec, subcommand).find((one) => one.readsInput === true && call.args[one.name] === '-');
  if (field !== undefined) return { kind: 'form', call, spec, field };
  return { kind: 'call', call, spec, text: typed(call, argumentsOf(spec, subcommand)) };
}

function problem(command: string | null, said: { readonly message: string; readonly hint: string | null }): GivenCall {
  return { kind: 'problem', problem: { code: 'usage', message: said.message, hint: said.hint, command } };
}

/** The call as a text of the same meaning. */
function typed({ name, subcommand, args }: CommandCall, specs: readonly ArgumentSpec[]): string {
  const positional = specs.filter(({ kind }) => kind === 'positional');
  const written = [
    ...specs.filter(({ kind }) => kind !== 'positional').flatMap((spec) => typedOption(spec, args[spec.name])),
    ...positional.flatMap((spec) => typedPositional(spec, args[spec.name], specs)),
  ];
  return [`/${name}`, ...(subcommand === null ? [] : [subcommand]), ...written].join(' ');
}

function typedOption({ name, kind }: ArgumentSpec, value: ArgumentValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (kind === 'flag') return [`--${name}`];
  return [`--${name} ${quoted(Array.isArray(value) ? value.join(',') : written(value))}`];
}

function typedPositional(
  spec: ArgumentSpec,
  value: ArgumentValue | undefined,
  specs: readonly ArgumentSpec[],
): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map(quoted);
  return [takesRest(spec, specs) ? written(value) : quoted(written(value))];
}

function written(value: ArgumentValue): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function quoted(word: string): string {
  return /[\s"'“”‘’«»„\\]/u.test(word) ? `"${word.replace(/["\\]/gu, '\\$&')}"` : word;
}
