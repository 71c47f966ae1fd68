import type { ArgumentSpec, Choice } from './adapter.ts';

export type Dynamic = NonNullable<ArgumentSpec['completes']>;

/** What could stand where somebody writes: from where on, what is there already, what is known, and what the host has to be asked for. */
export interface Wanted {
  /** Index in the text from which a choice replaces what is written. */
  readonly from: number;
  readonly prefix: string;
  readonly choices: readonly Choice[];
  readonly ask: readonly Dynamic[];
}

/**
 * What could stand as an argument's value of which `prefix` is written, from the index `from` on. Of a list with commas the last name
 * is the one being typed; an `@` in front stays. Null where nothing can be offered.
 */
export function wantedValue(spec: ArgumentSpec, from: number, prefix: string): Wanted | null {
  if (spec.choices !== undefined)
    return known(
      from,
      prefix,
      spec.choices.map((name) => ({ name, summary: '' })),
    );
  if (spec.completes === undefined) return null;
  const skipped = spec.repeatable && spec.kind === 'option' ? prefix.lastIndexOf(',') + 1 : 0;
  const at = prefix.startsWith('@', skipped) ? skipped + 1 : skipped;
  const what = at > skipped && spec.completes === 'turn' ? 'agent' : spec.completes;
  return { from: from + at, prefix: prefix.slice(at), choices: [], ask: [what] };
}

/** Of all names those that begin with what is written. */
export function known(
  from: number,
  prefix: string,
  all: readonly { readonly name: string; readonly summary: string }[],
): Wanted {
  const wanted = prefix.toLowerCase();
  const choices = all
    .filter(({ name }) => name.toLowerCase().startsWith(wanted))
    .map(({ name, summary }) => ({ value: name, summary }));
  return { from, prefix, choices, ask: [] };
}
