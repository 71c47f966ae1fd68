import type { Author, Choice, CommandSpec, Place } from '../adapter.ts';
import type { Dynamic } from '../wanted.ts';
import { wantedAt } from './completion.ts';
import type { TerminalHost } from './host.ts';
import type { Menu } from './menu.ts';

/** Looks up what could stand at the cursor. */
export interface Suggestions {
  /** The menu for this text, null where there is nothing to offer. A later call overtakes an earlier one, which is then undefined. */
  lookUp(text: string): Promise<Menu | null | undefined>;
}

const most = 100;

export function createSuggestions(
  host: Pick<TerminalHost, 'complete'>,
  options: { readonly commands: readonly CommandSpec[]; readonly place: Place; readonly author: Author },
): Suggestions {
  let latest = 0;

  async function ask(kind: Dynamic, prefix: string): Promise<readonly Choice[]> {
    if (kind === 'command') return commandChoices(options.commands, prefix);
    // A completion that cannot be had is none: nothing depends on it.
    return host.complete(kind, prefix, options.place, options.author).catch(() => []);
  }

  return {
    async lookUp(text) {
      latest += 1;
      const mine = latest;
      const wanted = wantedAt(text, options.commands);
      if (wanted === null) return null;
      // A bare `@` names people, not files: those follow once something is written.
      const kinds = wanted.ask.filter((kind) => kind !== 'file' || wanted.prefix !== '' || wanted.ask.length === 1);
      const asked = await Promise.all(kinds.map((kind) => ask(kind, wanted.prefix)));
      if (mine !== latest) return undefined;
      const choices = [...wanted.choices, ...asked.flat()].slice(0, most);
      if (choices.length === 0 || isComplete(choices, wanted.prefix)) return null;
      return { from: wanted.from, prefix: wanted.prefix, choices, picked: null };
    },
  };
}

function commandChoices(commands: readonly CommandSpec[], prefix: string): readonly Choice[] {
  return commands
    .filter(({ name }) => name.startsWith(prefix.toLowerCase()))
    .map(({ name, summary }) => ({ value: name, summary }));
}

/** There is nothing to choose where the only choice stands there already. */
function isComplete(choices: readonly Choice[], prefix: string): boolean {
  return choices.length === 1 && choices[0]?.value === prefix;
}
