import { expect, test } from 'vitest';
import { ids, startDiscord } from '../support/discord/double.ts';
import { createScene, printed, run } from '../support/program.ts';

const word = ['discord', 'register'];

test('registers where the configuration says, and prints what is where and the link that adds Tutti', async () => {
  const double = await startDiscord();
  const scene = createScene({ agents: [], script: {}, config: { surfaces: { discord: { guilds: [ids.guild] } } } });
  const first = await run(scene, word, { environment: double.environment });
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(new RegExp(`^Registered \\d+ commands of Tutti in the server ${ids.guild}\\.`));
  expect(first.stdout).toContain(`https://discord.com/oauth2/authorize?client_id=${ids.application}`);
  expect(double.commands(ids.guild).map(({ name }) => name)).toEqual(expect.arrayContaining(['ask', 'tutti']));
  expect(double.commands(null)).toEqual([]);

  const again = await run(scene, ['discord', '--json'], { environment: double.environment });
  expect(printed(again)).toMatchObject({
    application: { id: ids.application, name: 'Tutti' },
    scopes: [{ guild: ids.guild, state: 'unchanged', error: null }],
    cleared: [],
    invite: expect.stringContaining('permissions='),
  });
  expect(double.calls.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('takes away what would stand there twice', async () => {
  const double = await startDiscord();
  const scene = (guilds: readonly string[]) =>
    createScene({ agents: [], script: {}, config: { surfaces: { discord: { guilds } } } });
  await run(scene([ids.guild]), word, { environment: double.environment });
  const everywhere = await run(scene([]), word, { environment: double.environment });
  expect(everywhere.stdout).toMatch(/in all servers\.\nTook away \d+ that were registered in the server/);
  expect(double.commands(ids.guild)).toEqual([]);
});

test('fails where a server refuses, and says which and how to go on', async () => {
  const double = await startDiscord();
  const elsewhere = '1100000000000000999';
  const config = { surfaces: { discord: { guilds: [elsewhere, ids.guild] } } };
  const ended = await run(createScene({ agents: [], script: {}, config }), word, { environment: double.environment });
  expect([ended.code, ended.stdout]).toEqual([1, expect.stringContaining(`guild_id=${elsewhere}`)]);
  expect(ended.stdout).toContain(`in the server ${ids.guild}.`);
});

test('names every setting that is missing', async () => {
  const both = await run(createScene({ agents: [], script: {} }), word);
  expect([both.code, both.stdout]).toEqual([2, '']);
  expect(both.stderr).toContain('$DISCORD_TOKEN is not set');
  expect(both.stderr).toContain('surfaces.discord is not in');
  const token = await run(createScene({ agents: [], script: {}, config: { surfaces: { discord: {} } } }), word);
  expect(token.stderr).toContain('$DISCORD_TOKEN');
  expect(token.stderr).not.toContain('surfaces.discord');
});

test('is refused with the setting that is wrong, and never shows the token', async () => {
  const double = await startDiscord();
  const scene = createScene({ agents: [], script: {}, config: { surfaces: { discord: {} } } });
  const wrong = { ...double.environment, DISCORD_TOKEN: 'not-the-token-of-anybody' };
  const ended = await run(scene, [...word, '--json'], { environment: wrong });
  expect(ended.code).toBe(2);
  expect(printed(ended)).toMatchObject({ error: { code: 'discord-sign-in' } });
  expect(`${ended.stdout}${ended.stderr}`).not.toContain('not-the-token');
});
