import { describe, expect, it } from 'vitest';
import type { CommandSpec } from '../../../src/adapters/adapter.ts';
import { discordCommands } from '../../../src/adapters/discord/commands.ts';
import {
  keepRegistered,
  type RegisteredRecord,
  type RegisterOptions,
  registerCommands,
} from '../../../src/adapters/discord/register.ts';
import * as registry from '../../../src/commands/index.ts';
import { createLog } from '../../../src/log.ts';
import { testCollections } from '../../support/collections.ts';
import { type DiscordDouble, type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';

const all: readonly CommandSpec[] = Object.values(registry);
const names = discordCommands(all, 'guild').map(({ name }) => name);
const otherGuild = '1100000000000000999';

interface Scene {
  readonly double: DiscordDouble;
  register(more?: Partial<RegisterOptions>): ReturnType<typeof registerCommands>;
  readonly options: RegisterOptions;
}

async function createScene(options: DoubleOptions = {}): Promise<Scene> {
  const double = await startDiscord(options);
  const whole: RegisterOptions = {
    token: double.environment.DISCORD_TOKEN,
    apiUrl: double.environment.DISCORD_API_URL,
    guilds: [],
    commands: all,
    records: testCollections().collection<RegisteredRecord>('discord:registered'),
    thorough: false,
    signal: new AbortController().signal,
  };
  return { double, options: whole, register: (more) => registerCommands({ ...whole, ...more }) };
}

function registered(double: DiscordDouble, guild: string | null): readonly unknown[] {
  return double.commands(guild).map(({ name }) => name);
}

function writes({ calls }: DiscordDouble): number {
  return calls.filter(({ method }) => method !== 'GET').length;
}

describe('the commands', () => {
  it('are registered once for all servers', async () => {
    const { double, register } = await createScene();
    const done = await register();
    expect(done).toMatchObject({ scopes: [{ guild: null, state: 'registered', commands: names }], cleared: [] });
    expect(new URL(done.invite).searchParams.get('client_id')).toBe(ids.application);
    expect(registered(double, null)).toEqual(names);
    expect(registered(double, ids.guild)).toEqual([]);
  });

  it('are registered where Discord does not say which application this is: the bot has its id', async () => {
    const { double, register } = await createScene();
    double.refuse('application', 50001);
    expect((await register()).application).toEqual({ id: ids.application, name: 'tutti' });
    double.refuse('application', 50001);
    double.refuse('self', 50001);
    expect((await register()).scopes).toMatchObject([{ state: 'unchanged' }]);
    expect(registered(double, null)).toEqual(names);
  });

  it('are registered in the servers that are configured, and nowhere else', async () => {
    const { double, register } = await createScene();
    await register({ guilds: [ids.guild, ids.guild] });
    expect(registered(double, ids.guild)).toEqual(names);
    expect(registered(double, null)).toEqual([]);
    expect(writes(double)).toBe(1);
  });

  it('are not written again while nothing has changed', async () => {
    const { double, register } = await createScene();
    await register({ guilds: [ids.guild] });
    const again = await register({ guilds: [ids.guild] });
    expect(again.scopes).toMatchObject([{ state: 'unchanged', commands: names }]);
    expect(writes(double)).toBe(1);
  });

  it('are written again when they are others', async () => {
    const { double, register } = await createScene();
    await register();
    const fewer = all.slice(0, 3);
    expect((await register({ commands: fewer })).scopes).toMatchObject([{ state: 'registered' }]);
    expect(registered(double, null)).toEqual(discordCommands(fewer, 'global').map(({ name }) => name));
  });

  it('are written again when only a description is another one', async () => {
    const { double, register } = await createScene();
    await register();
    const others = all.map((spec) => ({ ...spec, summary: `${spec.summary}!` }));
    expect((await register({ commands: others })).scopes).toMatchObject([{ state: 'registered' }]);
    expect(double.commands(null)).toContainEqual(
      expect.objectContaining({ name: 'help', description: 'Show what can be typed!' }),
    );
  });

  it('are written again when somebody has taken them away', async () => {
    const { double, register, options } = await createScene();
    await register({ guilds: [ids.guild] });
    await registerCommands({
      ...options,
      guilds: [ids.guild],
      commands: [],
      records: testCollections().collection('x'),
    });
    expect((await register({ guilds: [ids.guild] })).scopes).toMatchObject([{ state: 'registered' }]);
    expect(registered(double, ids.guild)).toEqual(names);
  });

  it('stand in one scope only when the servers are configured later', async () => {
    const { double, register } = await createScene();
    await register();
    const { cleared } = await register({ guilds: [ids.guild] });
    expect(cleared).toEqual([{ guild: null, commands: names }]);
    expect(registered(double, null)).toEqual([]);
    expect(registered(double, ids.guild)).toEqual(names);
  });

  it('stand in one scope only when no server is configured any more, whoever registered them', async () => {
    const { double, register } = await createScene();
    await register({ guilds: [ids.guild] });
    const { cleared } = await register({ records: testCollections().collection('others') });
    expect(cleared).toEqual([{ guild: ids.guild, commands: names }]);
    expect(registered(double, null)).toEqual(names);
    expect(registered(double, ids.guild)).toEqual([]);
  });

  it('that are no duplicates of ours stay where they are', async () => {
    const { double, register } = await createScene();
    await register();
    await add(double, { name: 'weather', description: 'Of somebody else' });
    const { cleared } = await register({ guilds: [ids.guild] });
    expect(cleared).toEqual([{ guild: null, commands: names }]);
    expect(registered(double, null)).toEqual(['weather']);
  });

  it('are looked for in the other scope when that is asked for, although nothing has changed', async () => {
    const { double, register } = await createScene();
    await register({ guilds: [ids.guild] });
    await add(double, { name: 'ask', description: 'Registered by another version' });
    expect((await register({ guilds: [ids.guild] })).cleared).toEqual([]);
    expect((await register({ guilds: [ids.guild], thorough: true })).cleared).toEqual([
      { guild: null, commands: ['ask'] },
    ]);
    expect(registered(double, null)).toEqual([]);
  });
});

/** Registers one more command for all servers, as another program would. */
async function add({ environment }: DiscordDouble, body: object): Promise<void> {
  const answer = await fetch(`${environment.DISCORD_API_URL}/v10/applications/${ids.application}/commands`, {
    method: 'POST',
    headers: { authorization: `Bot ${environment.DISCORD_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
}

describe('what cannot be registered', () => {
  it('in one server does not keep the others from having it', async () => {
    const { double, register } = await createScene();
    const { scopes, cleared } = await register({ guilds: [otherGuild, ids.guild] });
    expect(scopes).toMatchObject([
      { guild: otherGuild, state: 'failed', problem: { code: 'discord-guild' } },
      { guild: ids.guild, state: 'registered' },
    ]);
    expect(cleared).toEqual([]);
    expect(registered(double, ids.guild)).toEqual(names);
  });

  it('takes nothing away elsewhere', async () => {
    const { double, register } = await createScene();
    await register();
    await register({ guilds: [otherGuild] });
    expect(registered(double, null)).toEqual(names);
  });

  it('with a token that is revoked says which setting it is', async () => {
    const { double, register } = await createScene();
    double.revoke();
    await expect(register()).rejects.toMatchObject({ code: 'discord-sign-in', exit: 2 });
  });

  it('today is left for another day', async () => {
    const { double, register } = await createScene();
    double.refuse('commands.put', 30034);
    await expect(register()).rejects.toMatchObject({ code: 'discord-limited' });
    expect((await register()).scopes).toMatchObject([{ state: 'registered' }]);
  });

  it('while Discord is away says so', async () => {
    const { double, register } = await createScene();
    double.break('commands.put', 'before', 10);
    await expect(register()).rejects.toMatchObject({ code: 'discord-unreachable' });
  });
});

describe('at the start of the surface', () => {
  function logged() {
    const lines: string[] = [];
    const log = createLog({ level: 'info', mask: (text) => text, write: (line) => void lines.push(line) });
    return { log, lines };
  }

  it('the commands are registered', async () => {
    const { double, options } = await createScene();
    await keepRegistered(options, logged().log);
    expect(registered(double, null)).toEqual(names);
  });

  it('a problem is said and stops nothing', async () => {
    const { double, options } = await createScene();
    const { log, lines } = logged();
    await keepRegistered({ ...options, guilds: [otherGuild] }, log);
    double.revoke();
    await keepRegistered(options, log);
    await expect.poll(() => lines.join()).toMatch(new RegExp(`${otherGuild}[\\s\\S]*DISCORD_TOKEN`));
  });
});
