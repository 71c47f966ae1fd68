import { expect, it } from 'vitest';
import { createCatchUp } from '../../../src/adapters/discord/catch-up.ts';
import { idAt } from '../../../src/adapters/discord/snowflake.ts';
import { text } from '../../../src/adapters/untyped.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';
import { storeForTest } from '../../support/store/store.ts';

async function missing() {
  const discord = await startDiscord({ limits: 'fast' });
  const { rest } = await signedIn(discord);
  const collections = createCollections(storeForTest());
  const records = collections.collection<string>('heard');
  const served = collections.collection<string>('served');
  const taken: unknown[] = [];
  const create = (application = 'A') =>
    createCatchUp({
      rest,
      records,
      application,
      signal: new AbortController().signal,
      backoffMs: [1, 1],
      directs: collections.collection<true>('direct'),
      served,
      log: silent,
      take: async (message) => void taken.push(message),
      now: () => new Date(),
    });
  const guild = () => {
    const last = discord.world.channels.get(ids.general)?.messages.at(-1)?.id;
    return {
      id: ids.guild,
      channels: [
        { id: ids.general, last_message_id: last },
        { id: ids.random, last_message_id: null },
        { id: ids.forum, type: 15 },
      ],
      threads: [],
    };
  };
  return { discord, records, served, taken, create, guild };
}

/** A process that heard something and ended, before something else was said. */
async function missedAfterHeard() {
  const made = await missing();
  const first = made.create();
  await first.hear(made.discord.say('heard').id, nothing);
  await first.save();
  made.discord.say('missed');
  return made;
}

const nothing = async () => undefined;
const atOnce = (_: string, work: () => Promise<void>) => work();

const contents = (taken: readonly unknown[]) =>
  taken.map((message) =>
    typeof message === 'object' && message !== null && 'content' in message ? text(message.content) : '',
  );

it('reads what was said since the last message that was heard, in order, and only where something was', async () => {
  const { discord, taken, create, guild } = await missing();
  const catchUp = create();
  await catchUp.hear(discord.say('heard').id, nothing);
  for (let index = 0; index < 120; index += 1) discord.say(`missed ${index}`);
  await catchUp.began();
  const before = discord.calls.length;
  await catchUp.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(Array.from({ length: 120 }, (_, index) => `missed ${index}`));
  expect(taken[0]).toMatchObject({ guild_id: ids.guild });
  expect(discord.calls.slice(before)).toHaveLength(2);
});

it('goes on where the last process stopped, and no further back than a day', async () => {
  const { taken, create, guild, records } = await missedAfterHeard();
  const second = create();
  await second.began();
  await second.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed']);
  await records.set('A', idAt(Date.now() - 7 * 86_400_000));
  const third = create();
  await third.began();
  await third.guild(
    {
      id: ids.guild,
      channels: [{ id: ids.general, last_message_id: idAt(Date.now() - 2 * 86_400_000) }],
    },
    atOnce,
  );
  expect(taken).toHaveLength(1);
});

it('reads nothing at the very first start, and outlives a channel that it may not read', async () => {
  const { discord, taken, create, guild } = await missing();
  discord.say('long ago');
  const first = create();
  await first.began();
  await first.guild(guild(), atOnce);
  expect(taken).toEqual([]);
  discord.say('missed');
  discord.refuse('message.list', 50001);
  await first.began();
  await first.guild(guild(), atOnce);
  expect(taken).toEqual([]);
});

it('reads again what could not be taken, and what was still being taken when the process died', async () => {
  const { discord, taken, create, guild } = await missing();
  const first = create();
  await first.hear(discord.say('heard').id, nothing);
  const slow = discord.say('slow');
  void first.hear(slow.id, () => new Promise(() => undefined));
  await first.hear(discord.say('quick').id, nothing);
  await first.save();
  const second = create();
  await second.began();
  await second.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['slow', 'quick']);
  const failing = second.hear(discord.say('unrecorded').id, async () => {
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  await second.began();
  await second.guild(guild(), atOnce);
  expect(contents(taken)).toContain('unrecorded');
  // Now that it is taken, nothing is read twice.
  const before = taken.length;
  await second.began();
  await second.guild(guild(), atOnce);
  expect(taken).toHaveLength(before);
});

it('reads again where Discord did not answer', async () => {
  const { discord, taken, create, guild } = await missing();
  const catchUp = create();
  await catchUp.hear(discord.say('heard').id, nothing);
  discord.say('missed');
  discord.fail('message.list', 'before', 2);
  await catchUp.began();
  await catchUp.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed']);
});

it('reads on where Discord does not answer for longer, until a session begins anew', async () => {
  const { discord, taken, create, guild } = await missing();
  const catchUp = create();
  await catchUp.hear(discord.say('heard').id, nothing);
  discord.say('missed');
  discord.fail('message.list', 'before', 9);
  await catchUp.began();
  await catchUp.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed']);
  await catchUp.hear(discord.say('heard too').id, nothing);
  discord.say('missed again');
  await catchUp.began();
  let tries = 0;
  await catchUp.guild(guild(), async () => {
    tries += 1;
    if (tries === 3) void catchUp.began();
    throw new Error('cut');
  });
  expect(tries).toBe(3);
  await catchUp.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed', 'missed again']);
});

it('reads where Discord does not tell whether something was said', async () => {
  const { discord, taken, create } = await missing();
  const catchUp = create();
  await catchUp.hear(discord.say('heard').id, nothing);
  discord.say('missed');
  await catchUp.began();
  const before = discord.calls.length;
  await catchUp.guild(
    {
      id: ids.guild,
      channels: [
        { id: ids.general, type: 0 },
        { id: ids.forum, type: 15 },
      ],
    },
    atOnce,
  );
  expect(contents(taken)).toEqual(['missed']);
  expect(discord.calls.slice(before)).toHaveLength(1);
});

it('reads threads that were answered in of late and are archived by now, in their own server', async () => {
  const { discord, served, taken, create } = await missing();
  const thread = discord.openThread('answered').id;
  await served.set(thread, ids.guild);
  const catchUp = create();
  await catchUp.hear(discord.say('heard', { channel: thread }).id, nothing);
  discord.say('missed', { channel: thread });
  discord.archive(thread);
  await catchUp.began();
  await catchUp.guild({ id: '5', channels: [], threads: [] }, atOnce);
  expect(taken).toEqual([]);
  await catchUp.guild({ id: ids.guild, channels: [], threads: [] }, atOnce);
  expect(contents(taken)).toEqual(['missed']);
});

it('finds a question behind much that others said', async () => {
  const { discord, taken, create, guild } = await missing();
  const catchUp = create();
  await catchUp.hear(discord.say('heard').id, nothing);
  for (let index = 0; index < 700; index += 1) discord.say('chatter');
  discord.say('a question');
  await catchUp.began();
  await catchUp.guild(guild(), atOnce);
  expect(contents(taken).at(-1)).toBe('a question');
});

it('knows where to begin before it reads a server, whichever is told first', async () => {
  const { taken, create, guild } = await missedAfterHeard();
  const second = create();
  await Promise.all([second.began(), second.guild(guild(), atOnce)]);
  expect(contents(taken)).toEqual(['missed']);
});

it('forgets nothing that is still to be read when the process dies', async () => {
  const { discord, taken, create, guild } = await missedAfterHeard();
  const second = create();
  await second.began();
  void second.guild(guild(), () => new Promise(() => undefined));
  await second.hear(discord.say('said meanwhile').id, nothing);
  await second.save();
  const third = create();
  await third.began();
  await third.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed', 'said meanwhile']);
});

it('reads of a server that was away for a while what was said meanwhile, and nothing that was heard before', async () => {
  const { discord, taken, create, guild } = await missing();
  const catchUp = create();
  await catchUp.hear(discord.say('heard').id, nothing);
  await catchUp.began();
  await catchUp.guild(guild(), atOnce);
  await catchUp.hear(discord.say('heard in this session').id, nothing);
  catchUp.away({ id: ids.guild, unavailable: true });
  discord.say('missed');
  await catchUp.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed']);
});

it('keeps apart what two applications have heard', async () => {
  const { discord, taken, create, guild } = await missing();
  const one = create('A');
  await one.hear(discord.say('heard').id, nothing);
  await one.save();
  discord.say('missed by one');
  const other = create('B');
  await other.hear(discord.say('heard by the other').id, nothing);
  await other.save();
  const next = create('A');
  await next.began();
  await next.guild(guild(), atOnce);
  expect(contents(taken)).toEqual(['missed by one', 'heard by the other']);
});

it('reads what was written directly', async () => {
  const { discord, taken, create } = await missing();
  const first = create();
  const message = discord.say('heard', { channel: 'dm' });
  await first.direct(message.channel);
  await first.hear(message.id, nothing);
  await first.save();
  discord.say('missed', { channel: 'dm' });
  const second = create();
  await second.began();
  await second.directs(atOnce);
  expect(contents(taken)).toEqual(['missed']);
  expect(taken[0]).not.toHaveProperty('guild_id');
});
