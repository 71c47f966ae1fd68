import { type Client, Events, GatewayIntentBits, type Message } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { readyClient } from './client.ts';
import { type DoubleOptions, ids, startDiscord } from './double.ts';

/** How connections begin and end, as the real client lives through it. */

async function listening(options: DoubleOptions = {}) {
  const discord = await startDiscord(options);
  const client = await readyClient(discord, {
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  const seen: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => void seen.push(content));
  return { discord, client, seen };
}

function closeCode(client: Client): Promise<number> {
  return new Promise((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
}

describe('the gateway of the double', () => {
  it('resumes after it asked for a new connection, and replays what was said meanwhile once', async () => {
    const { discord, seen } = await listening();
    discord.gateway.reconnect();
    await waitFor(() => discord.gateway.connections === 0, 'the old connection is gone');
    discord.say('during a reconnect');
    await waitFor(() => discord.gateway.resumes === 1 && seen.length === 1, 'it is resumed');
    discord.say('after it');
    await waitFor(() => seen.length === 2, 'the next message arrives');
    expect(seen).toEqual(['during a reconnect', 'after it']);
    expect(discord.gateway.identifies).toBe(1);
  });

  it('resumes after a cut connection and after close codes that allow it', async () => {
    const { discord, seen } = await listening();
    const ends = [() => discord.gateway.drop(), () => discord.gateway.close(4000), () => discord.gateway.close(4009)];
    for (const [index, end] of ends.entries()) {
      end();
      await waitFor(() => discord.gateway.connections === 0, 'the connection is gone');
      discord.say(`gap ${index}`);
      await waitFor(() => seen.includes(`gap ${index}`), 'it is replayed');
    }
    expect(discord.gateway).toMatchObject({ resumes: 3, identifies: 1, ready: 1 });
  });

  it('resumes where the session is invalid for this connection only', async () => {
    const { discord, seen } = await listening();
    discord.gateway.invalidate(true);
    discord.say('kept');
    await waitFor(() => discord.gateway.resumes === 1 && seen.length === 1, 'it is resumed');
    expect(discord.gateway.identifies).toBe(1);
  });

  it('begins afresh after an invalid session, and what was said meanwhile is lost', async () => {
    const { discord, seen } = await listening();
    discord.gateway.invalidate(false);
    discord.say('lost');
    await waitFor(() => discord.gateway.identifies === 2 && discord.gateway.ready === 1, 'it identifies again');
    discord.say('heard');
    await waitFor(() => seen.length > 0, 'the next message arrives');
    expect(seen).toEqual(['heard']);
  });

  it('is noticed when it stops answering', async () => {
    const { discord, seen } = await listening({ heartbeatMs: 100 });
    discord.gateway.freeze();
    discord.say('said to a zombie');
    await waitFor(() => seen.length === 1, 'the message comes over another connection');
    expect(discord.gateway).toMatchObject({ connections: 1, resumes: 1 });
  });

  it('loses what is said while nobody listens at the port', async () => {
    const { discord, client, seen } = await listening();
    await discord.outage(true);
    await expect(client.users.fetch(ids.alice, { force: true })).rejects.toThrow();
    discord.say('during the outage');
    await discord.outage(false);
    await waitFor(() => discord.gateway.ready === 1, 'the client is back');
    discord.say('after the outage');
    await waitFor(() => seen.includes('after the outage'), 'the next message arrives');
    const channel = await client.channels.fetch(ids.general);
    if (channel?.isTextBased() !== true) throw new Error('It is a text channel.');
    expect((await channel.messages.fetch({ after: '0' })).map(({ content }) => content)).toContain('during the outage');
  });

  it('refuses a wrong token, unknown intents and those that are not switched on', async () => {
    const discord = await startDiscord({ messageContent: false });
    const wrong = { ...discord, environment: { ...discord.environment, DISCORD_TOKEN: 'wrong' } };
    await expect(readyClient(wrong)).rejects.toThrow('invalid token');
    await expect(readyClient(discord)).rejects.toThrow('disallowed intents');
    await expect(readyClient(discord, { intents: [GatewayIntentBits.Guilds, 1 << 27] })).rejects.toThrow('intents');
  });

  it('ends for good when the token is revoked', async () => {
    const { discord, client } = await listening();
    const code = closeCode(client);
    discord.revoke();
    expect(await code).toBe(4004);
    await expect(client.users.fetch(ids.alice, { force: true })).rejects.toMatchObject({ status: 401 });
  });

  it('keeps what people write from a program without the intent, but for DMs, mentions and pinging replies', async () => {
    const discord = await startDiscord({ messageContent: false });
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
    const client = await readyClient(discord, { intents: [Guilds, GuildMessages, DirectMessages] });
    const seen: Message[] = [];
    client.on(Events.MessageCreate, (message) => void seen.push(message));
    const channel = await client.channels.fetch(ids.general);
    if (channel?.isSendable() !== true) throw new Error('It can be written to.');
    await channel.send('an answer');
    const [own] = discord.posts();
    discord.say('secret', { files: [{ name: 'a', type: 'text/plain', content: Buffer.from('a') }] });
    discord.say(`<@${ids.bot}> asked`);
    discord.say('direct', { channel: 'dm' });
    if (own !== undefined) {
      discord.say('pinging', { reply: own });
      discord.say('quiet', { reply: own, ping: false });
    }
    await waitFor(() => seen.length === 6, 'all arrive');
    const asked = `<@${ids.bot}> asked`;
    expect(seen.map(({ content }) => content)).toEqual(['an answer', '', asked, 'direct', 'pinging', '']);
    expect(seen.map(({ attachments }) => attachments.size)).toEqual([0, 0, 0, 0, 0, 0]);
    const fetched = await channel.messages.fetch({ limit: 10, cache: false });
    expect(fetched.map(({ content }) => content).toReversed()).toEqual(['an answer', '', asked, 'pinging', '']);
  });

  it('keeps events back, and sends one again', async () => {
    const { discord, client } = await listening();
    const ids: unknown[] = [];
    client.on(Events.Raw, ({ t, d }) => {
      if (t === 'MESSAGE_CREATE') ids.push(d.id);
    });
    discord.gateway.hold(true);
    const [one, two] = [discord.say('one'), discord.say('two')];
    discord.gateway.hold(false);
    discord.gateway.redeliver('MESSAGE_CREATE');
    await waitFor(() => ids.length === 3, 'all arrive');
    expect(ids).toEqual([one.id, two.id, two.id]);
  });
});
