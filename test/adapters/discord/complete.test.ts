import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import type { AdapterHost, Author, Choice, Place } from '../../../src/adapters/adapter.ts';
import type { GivenOption } from '../../../src/adapters/discord/call.ts';
import { suggest } from '../../../src/adapters/discord/complete.ts';
import { sampleCommands } from '../../support/commands.ts';
import { withCommands } from '../../support/discord/plain-client.ts';

const place: Place = { surface: 'discord', workspace: 'G1', channel: 'C1', direct: false, private: false };
const author: Author = { id: 'U1', name: 'Alice', isBot: false, roles: [] };

type Complete = AdapterHost['complete'];

const names: Complete = async (kind, prefix) =>
  ['api', 'apollo', 'web']
    .filter((name) => name.startsWith(prefix))
    .map((name): Choice => ({ value: name, summary: `a ${kind}` }));

/** What is suggested while `typed` stands in an option of `/path`. */
async function suggested(
  path: string,
  focused: string,
  typed: string,
  { complete = names }: { readonly complete?: Complete } = {},
) {
  const [name = '', subcommand] = path.split(' ');
  const options: readonly GivenOption[] = [
    { name: 'limit', type: ApplicationCommandOptionType.Number, value: 3 },
    { name: focused, type: ApplicationCommandOptionType.String, value: typed, focused: true },
  ];
  const nested = [{ name: subcommand ?? '', type: ApplicationCommandOptionType.Subcommand, options }];
  const host = { commands: sampleCommands, complete };
  return suggest({ name, options: subcommand === undefined ? options.slice(1) : nested }, { host, place, author });
}

async function values(...asked: Parameters<typeof suggested>): Promise<readonly string[]> {
  return (await suggested(...asked)).map(({ value }) => value);
}

describe('while an option is typed', () => {
  it('agents are suggested with what they are', async () => {
    expect(await suggested('history list', 'agent', 'ap')).toEqual([
      { name: 'api · a agent', value: 'api' },
      { name: 'apollo · a agent', value: 'apollo' },
    ]);
  });

  it('the names before in a list stay, separated as they are', async () => {
    expect(await values('ask', 'agents', 'web, a')).toEqual(['web, api', 'web, apollo']);
    expect(await values('ask', 'agents', 'web,@a')).toEqual(['web,@api', 'web,@apollo']);
    expect(await values('group set', 'agents', 'web a')).toEqual(['web api', 'web apollo']);
  });

  it('an @ says that an agent is meant where a turn could stand', async () => {
    expect(await suggested('stop', 'what', '@w')).toEqual([{ name: '@web · a agent', value: '@web' }]);
    expect((await suggested('stop', 'what', 'w'))[0]?.name).toBe('web · a turn');
  });

  it('commands are suggested, and whole command lines for the umbrella', async () => {
    expect(await values('help', 'command', 'h')).toEqual(['history', 'help']);
    expect(await values('tutti', 'command', '/hi')).toEqual(['history']);
    expect(await values('tutti', 'command', 'history s')).toEqual(['history search']);
    expect(await values('tutti', 'command', '')).toHaveLength(sampleCommands.length);
  });

  it('nothing is suggested where nothing is known', async () => {
    expect(await suggested('ask', 'question', 'a')).toEqual([]);
    expect(await suggested('gone', 'agent', 'a')).toEqual([]);
    expect(await suggested('history list', 'gone', 'a')).toEqual([]);
  });
});

describe('suggestions', () => {
  it('are asked for as this person, at this place', async () => {
    const complete = vi.fn(names);
    await suggested('history list', 'agent', 'a', { complete });
    expect(complete).toHaveBeenCalledWith('agent', 'a', place, author);
  });

  it('are at most as many and as long as Discord takes', async () => {
    const long = 'x'.repeat(99);
    const complete: Complete = async () => [
      { value: 'y'.repeat(101), summary: '' },
      ...Array.from({ length: 40 }, (_, index) => ({ value: `${long}${index % 10}`, summary: 'much of it' })),
    ];
    const found = await suggested('history list', 'agent', '', { complete });
    expect(found).toHaveLength(25);
    for (const { name, value } of found) {
      expect(value).toMatch(/^x+\d$/);
      expect(name.length).toBeLessThanOrEqual(100);
    }
  });

  it('are none where they cannot be had', async () => {
    const complete: Complete = async () => {
      throw new Error('the store is gone');
    };
    expect(await suggested('history list', 'agent', '', { complete })).toEqual([]);
  });

  it('are none where they do not come in time', async () => {
    vi.useFakeTimers();
    try {
      const found = suggested('history list', 'agent', '', { complete: () => new Promise(() => {}) });
      await vi.advanceTimersByTimeAsync(2_900);
      expect(await found).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

it('reach whoever types, through the real client', async () => {
  const host = { commands: sampleCommands, complete: names };
  const double = await withCommands(sampleCommands, async (interaction) => {
    if (!interaction.isAutocomplete()) return;
    const { commandName, options } = interaction;
    await interaction.respond(await suggest({ name: commandName, options: options.data }, { host, place, author }));
  });
  expect(await double.complete('history list', 'agent', 'ap', { values: { limit: 3 } })).toEqual([
    { name: 'api · a agent', value: 'api' },
    { name: 'apollo · a agent', value: 'apollo' },
  ]);
  expect(await double.complete('ask', 'agents', 'web, ap')).toMatchObject([
    { value: 'web, api' },
    { value: 'web, apollo' },
  ]);
  expect(await double.complete('tutti', 'command', 'group')).toMatchObject([{ value: 'group' }]);
});
