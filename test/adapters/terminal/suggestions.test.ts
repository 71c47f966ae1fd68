import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../src/adapters/adapter.ts';
import { createSuggestions } from '../../../src/adapters/terminal/suggestions.ts';
import { sampleCommands } from '../../support/commands.ts';

function suggestions(complete: (kind: string, prefix: string) => Promise<readonly Choice[]>) {
  return createSuggestions(
    { complete },
    {
      commands: sampleCommands,
      place: { surface: 'terminal', channel: 'repl', direct: true, private: true },
      author: { id: 'me', name: 'me', isBot: false, roles: [] },
    },
  );
}
const values = (menu: { readonly choices: readonly Choice[] } | null | undefined) =>
  menu?.choices.map(({ value }) => value) ?? menu;

describe('what is offered', () => {
  it('is what the host knows, files only once something is written', async () => {
    const { lookUp } = suggestions(async (kind, prefix) => [{ value: `${kind}-${prefix}`, summary: '' }]);
    expect(values(await lookUp('@'))).toEqual(['target-']);
    expect(values(await lookUp('@a'))).toEqual(['target-a', 'file-a']);
    expect(values(await lookUp('/attach x'))).toBeNull();
    expect(values(await lookUp('/help hi'))).toEqual(['history']);
  });

  it('is nothing where there is nothing, where it stands there already, or where the host cannot say', async () => {
    const { lookUp } = suggestions(() => Promise.reject(new Error('no')));
    expect(await lookUp('a question')).toBeNull();
    expect(await lookUp('/help')).toBeNull();
    expect(await lookUp('@a')).toBeNull();
  });

  it('is what was asked for last', async () => {
    const slow = Promise.withResolvers<readonly Choice[]>();
    const { lookUp } = suggestions((_kind, prefix) => (prefix === 'a' ? slow.promise : Promise.resolve([])));
    const overtaken = lookUp('@a');
    expect(await lookUp('@ab')).toBeNull();
    slow.resolve([{ value: 'api', summary: '' }]);
    expect(await overtaken).toBeUndefined();
  });
});
