import { describe, expect, it } from 'vitest';
import type { Room } from '../../../src/adapters/discord/rooms.ts';
import { createVoices, webhookNameOf } from '../../../src/adapters/discord/voices.ts';
import { type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';

const general: Room = { channel: ids.general, parent: null, guild: ids.guild, reply: null };

async function voices(options: DoubleOptions = {}) {
  const discord = await startDiscord({ limits: 'fast', ...options });
  const { rest, patient, identity } = await signedIn(discord);
  const create = () =>
    createVoices({ rest, patient, application: identity.application, log: silent, clock: () => performance.now() });
  return { discord, create, ...create() };
}

describe('agents under their own names', () => {
  it('share one webhook of ours in a channel, also with the next process, whoever else has some', async () => {
    const { discord, say, create } = await voices({ foreignWebhooks: 2 });
    await say('api', 'one', general);
    await say('web', 'two', general);
    await create().say('api', 'three', general);
    const posts = discord.posts();
    expect(posts.map(({ username, text }) => [username, text])).toEqual([
      ['api', 'one'],
      ['web', 'two'],
      ['api', 'three'],
    ]);
    expect(new Set(posts.map(({ webhook }) => webhook)).size).toBe(1);
    expect(discord.world.webhooks.size).toBe(3);
  });

  it('speak in threads and posts of a forum', async () => {
    const { discord, say } = await voices();
    const message = discord.say('hello');
    const thread = discord.openThread('t', { message });
    const post = discord.openThread('p', { channel: ids.forum, text: 'x' });
    for (const [channel, parent] of [
      [thread.id, ids.general],
      [post.id, ids.forum],
    ] as const)
      await say('api', 'here', { channel, parent, guild: ids.guild, reply: null });
    expect(discord.posts(thread.id)).toMatchObject([{ username: 'api' }]);
    expect(discord.posts(post.id)).toMatchObject([{ username: 'api' }]);
  });

  it('get another webhook where ours was taken away', async () => {
    const { discord, say } = await voices();
    await say('api', 'one', general);
    discord.world.webhooks.clear();
    await say('api', 'two', general);
    expect(discord.posts().map(({ username }) => username)).toEqual(['api', 'api']);
  });

  it('get one where nobody can tell which there are', async () => {
    const { discord, say } = await voices();
    discord.break('webhook.list', 'before', 1, 404);
    await say('api', 'one', general);
    await say('web', 'two', general);
    expect(discord.posts().map(({ username }) => username)).toEqual(['api', 'web']);
    expect(discord.world.webhooks.size).toBe(1);
  });

  it('have none in direct messages, where it is not allowed, and where there are too many', async () => {
    const { say } = await voices();
    expect(await say('api', 'x', { ...general, guild: null })).toBeNull();
    const forbidden = await voices({ without: ['ManageWebhooks'] });
    expect(await forbidden.say('api', 'x', general)).toBeNull();
    expect(await forbidden.say('api', 'y', general)).toBeNull();
    // It is not asked for again and again.
    expect(forbidden.discord.calls.filter(({ status }) => status === 403)).toHaveLength(1);
    const full = await voices({ foreignWebhooks: 15 });
    expect(await full.say('api', 'x', general)).toBeNull();
  });
});

it.each([
  ['api', 'api'],
  ['discord-bot', 'disc·ord-bot'],
  ['My Discord', 'My Disc·ord'],
  ['clyde', 'cly·de'],
  ['everyone', 'agent'],
  ['@here', 'agent'],
  ['', 'agent'],
  ['x'.repeat(100), 'x'.repeat(80)],
])('calls %j %j', (agent, name) => {
  expect(webhookNameOf(agent)).toBe(name);
});
