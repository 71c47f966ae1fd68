import type { ArgumentSpec, CommandSpec, SubcommandSpec } from '../adapter.ts';
import { argumentsOf, takesRest } from '../help.ts';
import { known, type Wanted, wantedValue } from '../wanted.ts';
import { splitWords, type Word } from '../words.ts';

/** Reads what somebody has typed up to the cursor. Null where nothing can be completed. */
export function wantedAt(text: string, commands: readonly CommandSpec[]): Wanted | null {
  const command = /^\s*([/!])([\w-]*)$/u.exec(text);
  if (command !== null) {
    const from = text.length - (command[2] ?? '').length;
    return known(from, command[2] ?? '', commands);
  }
  const sigil = /^\s*[/!](?:tutti\s+)?/iu.exec(text);
  if (sigil === null) return mentionAt(text);
  const offset = sigil[0].length;
  const words = splitWords(text.slice(offset)).map((word) => ({
    ...word,
    start: word.start + offset,
    end: word.end + offset,
  }));
  const spec = commands.find(({ name }) => name === words[0]?.value.toLowerCase());
  const current = currentWord(words, text);
  if (words.length === 0 || current === words[0])
    return known(current?.start ?? text.length, current?.value ?? '', commands);
  return spec === undefined ? mentionAt(text) : argumentAt(text, spec, words.slice(1), current);
}

/** The word that ends at the cursor; null behind a space. */
function currentWord(words: readonly Word[], text: string): Word | null {
  const last = words.at(-1);
  return last !== undefined && last.end === text.length ? last : null;
}

function argumentAt(text: string, spec: CommandSpec, words: readonly Word[], current: Word | null): Wanted | null {
  const subcommand = spec.subcommands.find(({ name }) => name === words[0]?.value.toLowerCase()) ?? null;
  const written = subcommand !== null && words[0] !== current;
  const chosen = written ? subcommand : (spec.subcommands.find(({ name }) => name === spec.defaultSubcommand) ?? null);
  const args = argumentsOf(spec, chosen);
  const before = (written ? words.slice(1) : words).filter((word) => word !== current);
  const wanted = valueAt(text, args, before, current);
  const first = written ? null : beginsWith(current, words) ? current : null;
  if (spec.subcommands.length === 0 || written || before.length > 0 || (current !== null && first === null))
    return wanted;
  return withSubcommands(text, spec.subcommands, current, wanted);
}

function beginsWith(current: Word | null, words: readonly Word[]): boolean {
  return current !== null && words[0] === current && !current.value.startsWith('-');
}

function withSubcommands(
  text: string,
  subcommands: readonly SubcommandSpec[],
  current: Word | null,
  wanted: Wanted | null,
): Wanted {
  const names = known(current?.start ?? text.length, current?.value ?? '', subcommands);
  return { ...names, choices: [...names.choices, ...(wanted?.choices ?? [])], ask: wanted?.ask ?? [] };
}

/** The options and values that could stand here, behind these words. */
function valueAt(
  text: string,
  args: readonly ArgumentSpec[],
  before: readonly Word[],
  current: Word | null,
): Wanted | null {
  const from = current?.start ?? text.length;
  const prefix = current?.value ?? '';
  const { open, positionals, given } = readBefore(args, before);
  if (open !== null) return wantedValue(open, from, prefix);
  const inline = /^--([\w-]+)=/u.exec(prefix);
  const named = args.find(({ kind, name }) => kind === 'option' && name === inline?.[1]);
  if (inline !== null && named !== undefined) {
    return wantedValue(named, from + inline[0].length, prefix.slice(inline[0].length));
  }
  if (prefix.startsWith('--')) return known(from, prefix, optionNames(args, given));
  const all = args.filter(({ kind }) => kind === 'positional');
  const spec = all[Math.min(positionals, all.length - 1)];
  if (spec === undefined || (positionals >= all.length && !spec.repeatable && !takesRest(spec, args))) {
    return prefix === '' ? known(from, '', optionNames(args, given)) : null;
  }
  if (takesRest(spec, args)) return mentionAt(text);
  return wantedValue(spec, from, prefix);
}

interface Before {
  /** The option that waits for its value. */
  readonly open: ArgumentSpec | null;
  readonly positionals: number;
  readonly given: ReadonlySet<string>;
}

function readBefore(args: readonly ArgumentSpec[], words: readonly Word[]): Before {
  let open: ArgumentSpec | null = null;
  let positionals = 0;
  const given = new Set<string>();
  for (const { value } of words) {
    const spec: ArgumentSpec | undefined = args.find(
      ({ kind, name }) => kind !== 'positional' && value.split('=')[0] === `--${name}`,
    );
    if (open !== null) open = null;
    else if (spec !== undefined) {
      given.add(spec.name);
      open = spec.kind === 'option' && !value.includes('=') ? spec : null;
    } else positionals += 1;
  }
  return { open, positionals, given };
}

function optionNames(
  args: readonly ArgumentSpec[],
  given: ReadonlySet<string>,
): readonly { name: string; summary: string }[] {
  return args
    .filter(({ kind, name, repeatable }) => kind !== 'positional' && (repeatable || !given.has(name)))
    .map(({ name, summary }) => ({ name: `--${name}`, summary }));
}

/** `@na` in a text: agents, groups, agent/branch, and files. */
function mentionAt(text: string): Wanted | null {
  const mention = /(?:^|[\s(])@([^\s@]*)$/u.exec(text);
  if (mention === null) return null;
  const prefix = mention[1] ?? '';
  return { from: text.length - prefix.length, prefix, choices: [], ask: ['target', 'file'] };
}

/** The longest beginning that all choices share. */
export function commonPrefix(values: readonly string[]): string {
  const [first = '', ...others] = values;
  let length = first.length;
  for (const other of others) {
    while (!other.toLowerCase().startsWith(first.slice(0, length).toLowerCase())) length -= 1;
  }
  return first.slice(0, length);
}
