import { ChannelType, Events, type ForumChannel, MessageFlags, MessageType, type TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { readyClient } from './client.ts';
import { type DoubleOptions, ids, startDiscord } from './double.ts';

/** What the real client may post, and what comes of it. */

async function writing(options: DoubleOptions = {}, clientOptions: Parameters<typeof readyClient>[1] = {}) {
  const discord = await startDiscord(options);
  const client = await readyClient(discord, clientOptions);
  return { discord, client, general: client.channels.cache.get(ids.general) as TextChannel };
}

const buttons = (customId: string) => ({
  type: 1,
  components: [{ type: 2, style: 1, label: 'Go', custom_id: customId }],
});

describe('messages on the double', () => {
  it('stand twice where an answer is late, unless the nonce is enforced', async () => {
    const { discord, general } = await writing({}, { rest: { timeout: 150 } });
    discord.stall('message.create', 500);
    await general.send('twice');
    expect(discord.posts()).toHaveLength(2);
    discord.stall('message.create', 500);
    await general.send({ content: 'once', nonce: 'n1', enforceNonce: true });
    expect(discord.posts().map(({ text }) => text)).toEqual(['twice', 'twice', 'once']);
    const webhook = await general.createWebhook({ name: 'Agents' });
    discord.stall('webhook.execute', 500);
    await webhook.send({ content: 'twice again' });
    expect(discord.posts()).toHaveLength(5);
  });

  it('fail before and after they were taken, with and without an answer', async () => {
    const { discord, general } = await writing({}, { rest: { retries: 0 } });
    discord.fail('message.create', 'before');
    await expect(general.send('lost')).rejects.toThrow();
    discord.break('message.create', 'before');
    await expect(general.send('lost')).rejects.toMatchObject({ status: 502 });
    discord.fail('message.create', 'after');
    await expect(general.send('taken')).rejects.toThrow();
    discord.break('message.create', 'after');
    await expect(general.send('taken too')).rejects.toMatchObject({ status: 502 });
    discord.refuse('message.create', 50013);
    await expect(general.send('refused')).rejects.toMatchObject({ code: 50013, status: 403 });
    expect(discord.posts().map(({ text }) => text)).toEqual(['taken', 'taken too']);
  });

  it('have to keep to the limits of what a message is', async () => {
    const { general } = await writing({ limits: 'fast', maxFileBytes: 10 });
    const refused = (message: Parameters<TextChannel['send']>[0], code: number) =>
      expect(general.send(message)).rejects.toMatchObject({ code });
    await refused({ content: 'x'.repeat(2001) }, 50035);
    await refused({ content: '' }, 50006);
    await refused({ embeds: [{ title: 'x'.repeat(257) }] }, 50035);
    await refused({ embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }, 50035);
    await refused({ content: 'x', components: [buttons('x'.repeat(101))] }, 50035);
    await refused({ content: 'x', components: [buttons('same'), buttons('same')] }, 50035);
    await refused({ content: 'x', allowedMentions: { parse: ['users'], users: [ids.alice] } }, 50035);
    await refused({ content: 'x', files: [{ name: 'a', attachment: Buffer.alloc(11) }] }, 40005);
    const flags = MessageFlags.IsComponentsV2;
    await refused({ flags, content: 'x', components: [{ type: 10, content: 'x' }] }, 50035);
    await refused({ flags, components: [{ type: 10, content: 'x'.repeat(4001) }] }, 50035);
    await refused({ flags, components: Array.from({ length: 41 }, () => ({ type: 10, content: 'x' })) }, 50035);
    await refused({ flags, components: [{ type: 13, file: { url: 'attachment://none' } }] }, 50035);
    await refused({ content: 'x', reply: { messageReference: '1100000000000009999', failIfNotExists: true } }, 50035);
  });

  it('with components v2 say what their texts say, and show the files that a component refers to', async () => {
    const { discord, general } = await writing();
    const message = await general.send({
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: 'first' },
            { type: 10, content: 'second' },
          ],
        },
        { type: 13, file: { url: 'attachment://seen.md' } },
        buttons('go'),
      ],
      files: ['seen.md', 'unseen.md'].map((name) => ({ name, attachment: Buffer.from(name) })),
    });
    const [post] = discord.posts();
    expect(post).toMatchObject({ text: 'first\nsecond' });
    expect(post?.files.map(({ name, content }) => [name, String(content)])).toEqual([['seen.md', 'seen.md']]);
    await expect(message.edit({ content: 'x' })).rejects.toMatchObject({ code: 50035 });
  });

  it('notify those whom they mention and may', async () => {
    const { discord, general } = await writing({ limits: 'fast' });
    const everybody = `@everyone <@${ids.bob}> <@&${ids.engineers}>`;
    const asked = discord.say('a question', { user: ids.carol });
    await general.send(everybody);
    const quiet = await general.send({ content: everybody, allowedMentions: { parse: [] } });
    await general.send({ content: everybody, allowedMentions: { users: [ids.bob] } });
    await general.send({
      content: 'answer',
      reply: { messageReference: asked.id },
      allowedMentions: { parse: [], repliedUser: true },
    });
    const webhook = await general.createWebhook({ name: 'Agents' });
    await webhook.send(everybody);
    await webhook.send({ content: everybody, allowedMentions: { parse: [] } });
    const { alice, bob, carol, mallory } = ids;
    expect(discord.posts().map((post) => discord.notified(post).toSorted())).toEqual([
      [alice, bob, carol, mallory],
      [],
      [bob],
      [carol],
      [bob],
      [],
    ]);
    await quiet.edit({ content: `<@${carol}>`, allowedMentions: { users: [carol] } });
    expect(discord.posts()[1]).toMatchObject({ text: `<@${carol}>`, notified: [] });
  });

  it('are limited in number, as the headers tell', async () => {
    const { discord, general } = await writing({ limits: { create: { count: 2, perMs: 400 } } });
    await Promise.all(Array.from({ length: 5 }, (_, index) => general.send(String(index))));
    expect(discord.posts()).toHaveLength(5);
    expect(discord.rateLimited).toBe(0);
    const direct = () =>
      fetch(`${discord.environment.DISCORD_API_URL}/v10/channels/${ids.random}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.environment.DISCORD_TOKEN}`, 'content-type': 'application/json' },
        body: '{"content":"x"}',
      });
    const statuses = [await direct(), await direct(), await direct()].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(discord.rateLimited).toBe(1);
  });

  it('are edited more slowly when they are old', async () => {
    const { discord, general } = await writing(
      { limits: { oldEdit: { count: 1, perMs: 60_000 } }, oldMs: -1 },
      { rest: { rejectOnRateLimit: () => true } },
    );
    const message = await general.send('x');
    await message.edit('y');
    await expect(message.edit('z')).rejects.toMatchObject({ timeToReset: expect.any(Number) });
    expect(discord.calls.at(-1)).toMatchObject({ route: 'message.edit', status: 429, code: 30046 });
  });

  it('are posted under other names over webhooks, in threads too', async () => {
    const { discord, general } = await writing({ limits: 'fast' });
    await expect(general.createWebhook({ name: 'Discord agents' })).rejects.toMatchObject({ code: 50035 });
    const webhook = await general.createWebhook({ name: 'Agents' });
    await expect(webhook.send({ content: 'x', username: 'clyde' })).rejects.toMatchObject({ code: 50035 });
    const thread = await general.threads.create({ name: 'run', type: ChannelType.PublicThread });
    const sent = await webhook.send({ content: 'from api', username: 'api', threadId: thread.id });
    expect(discord.posts(thread.id)).toMatchObject([{ text: 'from api', username: 'api', user: null }]);
    await expect(webhook.editMessage(sent.id, 'x')).rejects.toMatchObject({ code: 10008 });
    await webhook.editMessage(sent.id, { content: 'changed', threadId: thread.id });
    expect(discord.posts(thread.id)).toMatchObject([{ text: 'changed', edits: 1 }]);
    for (let count = 1; count < 15; count += 1) await general.createWebhook({ name: `hook ${count}` });
    await expect(general.createWebhook({ name: 'one more' })).rejects.toMatchObject({ code: 30007 });
  });

  it('need the rights of the place', async () => {
    const { discord, client, general } = await writing({ limits: 'fast', without: ['ManageWebhooks'] });
    await expect(general.createWebhook({ name: 'Agents' })).rejects.toMatchObject({ code: 50013 });
    expect(general.permissionsFor(client.user)?.has('ManageWebhooks')).toBe(false);
    discord.allow('ManageWebhooks');
    await general.createWebhook({ name: 'Agents' });
    await expect(client.channels.fetch(ids.outside, { force: true })).rejects.toMatchObject({ code: 50001 });
    discord.deny('AttachFiles', ids.general);
    await expect(general.send({ files: [Buffer.from('x')] })).rejects.toMatchObject({ code: 50013 });
    const thread = await general.threads.create({ name: 'run' });
    discord.deny('SendMessagesInThreads', ids.general);
    await expect(thread.send('x')).rejects.toMatchObject({ code: 50013 });
    await general.send('x');
  });
});

describe('threads on the double', () => {
  it('hang on a message once, stand alone, and are posts of a forum', async () => {
    const { discord, client, general } = await writing({ limits: 'fast', requireTag: true });
    const said = discord.say('a question');
    const message = await general.messages.fetch(said.id);
    const thread = await message.startThread({ name: 'answers' });
    expect(thread.id).toBe(said.id);
    await expect(general.threads.create({ name: 'again', startMessage: said.id })).rejects.toMatchObject({
      code: 160004,
    });
    await expect(general.threads.create({ name: 'x'.repeat(101) })).rejects.toMatchObject({ code: 50035 });
    const forum = (await client.channels.fetch(ids.forum)) as ForumChannel;
    const opening = { name: 'post', message: { content: 'first' } };
    await expect(forum.threads.create(opening)).rejects.toMatchObject({ code: 40067 });
    const post = await forum.threads.create({ ...opening, appliedTags: [ids.tagRunning] });
    expect(discord.posts(post.id)).toMatchObject([{ text: 'first', id: post.id }]);
    await post.setAppliedTags([ids.tagDone]);
    expect(discord.threads(ids.forum)).toMatchObject([{ name: 'post', tags: [ids.tagDone] }]);
    const active = await general.threads.fetchActive();
    expect(active.threads.map(({ name }) => name)).toEqual(['answers']);
  });

  it('leave system messages and updates that are no edits behind', async () => {
    const { discord, client, general } = await writing();
    const updates: (number | null)[] = [];
    client.on(Events.MessageUpdate, (_, { editedTimestamp }) => void updates.push(editedTimestamp));
    const said = discord.say('look at https://example.com');
    const thread = discord.openThread('run', { message: said, text: 'first' });
    discord.openThread('alone', { text: 'first' });
    discord.unfurl(said);
    await waitFor(() => updates.length === 2, 'both updates arrive');
    expect(updates).toEqual([null, null]);
    expect((await general.messages.fetch({ cache: false })).map(({ system, type }) => [system, type])).toEqual([
      [true, MessageType.ThreadCreated],
      [false, MessageType.Default],
    ]);
    const inThread = await general.threads.cache.get(thread.id)?.messages.fetch({ cache: false });
    expect(inThread?.map(({ type, reference }) => [type, reference?.messageId])).toEqual([
      [MessageType.Default, undefined],
      [MessageType.ThreadStarterMessage, said.id],
    ]);
    expect(discord.posts(thread.id)).toEqual([]);
  });

  it('take nothing but messages while they are archived, and not even those when they are locked', async () => {
    const { discord, general, client } = await writing({ limits: 'fast' });
    const thread = await general.threads.create({ name: 'run' });
    const message = await thread.send('one');
    discord.archive(thread.id);
    await expect(message.edit('two')).rejects.toMatchObject({ code: 50083 });
    await expect(message.react('👍')).rejects.toMatchObject({ code: 50083 });
    await thread.send('three');
    expect(discord.threads()).toMatchObject([{ archived: false }]);
    discord.deny('ManageThreads');
    discord.archive(thread.id, { locked: true });
    await waitFor(() => thread.locked, 'the client knows');
    await expect(thread.send('four')).rejects.toMatchObject({ code: 160005 });
    const archived = await general.threads.fetchArchived();
    expect(archived.threads.map(({ name }) => name)).toEqual(['run']);
    expect(client.channels.cache.has(thread.id)).toBe(true);
  });

  it('get a new name twice, and then no more for long', async () => {
    const { general } = await writing({}, { rest: { rejectOnRateLimit: ['/channels'] } });
    const thread = await general.threads.create({ name: 'one' });
    await thread.setName('two');
    await thread.setName('three');
    await expect(thread.setName('four')).rejects.toMatchObject({ name: expect.stringContaining('RateLimitError') });
  });
});
