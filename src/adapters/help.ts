import type { ArgumentSpec, CommandSpec, SubcommandSpec } from './adapter.ts';

/** How commands are begun where the help is read: `/` in chat, `tutti ` in a shell. */
export type Prefix = '/' | '!' | 'tutti ';

/** The arguments that count for one call: those of the subcommand, then the options that all subcommands share. */
export function argumentsOf(spec: CommandSpec, subcommand: SubcommandSpec | null): readonly ArgumentSpec[] {
  if (subcommand === null) return spec.args;
  const own = new Set(subcommand.args.map(({ name }) => name));
  return [...subcommand.args, ...spec.args.filter(({ name, kind }) => kind !== 'positional' && !own.has(name))];
}

/** Whether this positional argument takes everything that is left of a line as one text. */
export function takesRest(argument: ArgumentSpec, args: readonly ArgumentSpec[]): boolean {
  return argument.type === 'text' && args.filter(({ kind }) => kind === 'positional').at(-1) === argument;
}

/** One line: the command, its arguments in capitals, what may be left out in brackets. */
export function usageLine(spec: CommandSpec, subcommand: SubcommandSpec | null, prefix: Prefix): string {
  const args = argumentsOf(spec, subcommand);
  const positional = args.filter(({ kind }) => kind === 'positional').map(positionalUsage);
  const options = args.filter(({ kind }) => kind !== 'positional').map(optionUsage);
  return [`${prefix}${spec.name}`, ...(subcommand === null ? [] : [subcommand.name]), ...positional, ...options].join(
    ' ',
  );
}

function positionalUsage(argument: ArgumentSpec): string {
  const name = `${(argument.choices ?? [argument.name.toUpperCase()]).join('|')}${argument.repeatable ? '…' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function optionUsage(argument: ArgumentSpec): string {
  const usage = `${optionForm(argument)}${argument.repeatable ? '…' : ''}`;
  return argument.required ? usage : `[${usage}]`;
}

function optionForm(argument: ArgumentSpec): string {
  return argument.kind === 'flag' ? `--${argument.name}` : `--${argument.name} ${valueName(argument)}`;
}

function valueName(argument: ArgumentSpec): string {
  if (argument.choices !== undefined) return argument.choices.join('|');
  if (argument.type === 'duration') return 'DURATION';
  if (argument.type === 'number') return 'N';
  if (argument.type === 'boolean') return 'yes|no';
  return (argument.completes ?? argument.name).toUpperCase();
}

/** The same for scripts: every key is there, null where nothing is declared. */
export function describeCommands(commands: readonly CommandSpec[]) {
  return commands.map(({ name, summary, right, args, subcommands }) => ({
    name,
    summary,
    right,
    args: args.map(describeArgument),
    subcommands: subcommands.map((one) => ({
      name: one.name,
      summary: one.summary,
      right: one.right,
      args: one.args.map(describeArgument),
    })),
  }));
}

function describeArgument({ name, summary, kind, type, required, repeatable, choices, completes }: ArgumentSpec) {
  return {
    name,
    summary,
    kind,
    type,
    required: required ?? false,
    repeatable: repeatable ?? false,
    choices: choices ?? null,
    completes: completes ?? null,
  };
}

/** All commands with their summaries, aligned, for `tutti --help`. */
export function overview(commands: readonly CommandSpec[]): string {
  return table(commands.map(({ name, summary }) => [name, summary]));
}

/** Everything about one command, in the manner of a manual page: usage, summary, arguments, options, subcommands, right. */
export function commandHelp(
  spec: CommandSpec,
  options: { readonly subcommand?: string | null; readonly prefix: Prefix; readonly common?: readonly ArgumentSpec[] },
): string {
  const subcommand = spec.subcommands.find(({ name }) => name === options.subcommand) ?? null;
  const asked = subcommand === null && spec.subcommands.length > 0 ? spec.subcommands : [subcommand];
  const right = (subcommand ?? spec).right;
  return [
    section(
      'NAME',
      indent(`${[spec.name, subcommand?.name].filter(Boolean).join(' ')}: ${(subcommand ?? spec).summary}`),
    ),
    section('USAGE', indent(asked.map((one) => usageLine(spec, one, options.prefix)).join('\n'))),
    subcommand === null ? section('SUBCOMMANDS', table(spec.subcommands.map((one) => describe(spec, one)))) : '',
    ...argumentSections(subcommand === null ? spec.args : argumentsOf(spec, subcommand), options.prefix),
    section('COMMON OPTIONS', table((options.common ?? []).map((one) => [optionForm(one), one.summary]))),
    section('RIGHT', indent(`Needs the right "${right}" where rules apply; in the terminal you may do everything.`)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function describe(spec: CommandSpec, subcommand: SubcommandSpec): readonly [string, string] {
  const isDefault = spec.defaultSubcommand === subcommand.name;
  return [subcommand.name, isDefault ? `${subcommand.summary} (when none is named)` : subcommand.summary];
}

function argumentSections(args: readonly ArgumentSpec[], prefix: Prefix): readonly string[] {
  const positional = args.filter(({ kind }) => kind === 'positional');
  const options = args.filter(({ kind }) => kind !== 'positional');
  return [
    section('ARGUMENTS', table(positional.map((one) => [one.name.toUpperCase(), explain(one, prefix)]))),
    section('OPTIONS', table(options.map((one) => [optionForm(one), explain(one, prefix)]))),
  ];
}

function explain(argument: ArgumentSpec, prefix: Prefix): string {
  const notes = [
    ...(argument.choices !== undefined && argument.kind === 'positional' ? [argument.choices.join(', ')] : []),
    ...(argument.type === 'duration' ? ['30s, 5m, 2h, 7d'] : []),
    ...(argument.repeatable && argument.kind === 'option' ? ['may be given again'] : []),
    ...(argument.required && argument.kind === 'option' ? ['required'] : []),
    ...(argument.readsInput && prefix === 'tutti ' ? ['- reads it from standard input'] : []),
  ];
  return notes.length === 0 ? argument.summary : `${argument.summary} (${notes.join('; ')})`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}\n${body}`;
}

function indent(text: string): string {
  return text.replace(/^/gmu, '  ');
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.min(28, Math.max(0, ...rows.map(([name]) => name.length)));
  return rows
    .map(([name, summary]) => {
      const head = `  ${name.padEnd(width)}  `;
      return name.length > width ? `  ${name}\n  ${' '.repeat(width)}  ${summary}` : `${head}${summary}`;
    })
    .join('\n');
}
