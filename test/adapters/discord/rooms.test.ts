import { describe, expect, it } from 'vitest';
import type { DiscordAddress } from '../../../src/adapters/discord/address.ts';
import { createOpenThread } from '../../../src/adapters/discord/open-thread.ts';
import type { Piece } from '../../../src/adapters/discord/posting.ts';
import { createRooms } from '../../../src/adapters/discord/rooms.ts';
import type { PostedRecord } from '../../../src/adapters/posted-once.ts';
import { createThreads } from '../../../src/adapters/threads.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { type DiscordDouble, type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';
import { storeForTest } from '../../support/store/store.ts';

const address: DiscordAddress = {
  ...{ id: '5', at: new Date().toISOString(), conversation: 'discord:5', guild: ids.guild, channel: ids.general },
  ...{ thread: null, message: null, user: ids.alice, title: 'why?', announce: null, respond: null, fallback: null },
  ...{ earlier: null, about: null, pressed: null },
};

async function rooms(options: DoubleOptions = {}) {
  const discord = await startDiscord({ limits: 'fast', ...options });
  const { rest } = await signedIn(discord);
  const collections = createCollections(storeForTest());
  const threads = createThreads(collections.collection('threads'));
  const served = collections.collection<string>('served');
  const signal = new AbortController().signal;
  const posted: Piece[] = [];
  const create = () =>
    createRooms({
      openThread: createOpenThread({
        ...{ rest, log: silent, signal, backoffMs: [20], clock: () => performance.now() },
        failed: () => undefined,
      }),
      threads,
      announced: collections.collection<PostedRecord>('announced'),
      opened: collections.collection<PostedRecord>('opened'),
      served,
      async post(piece) {
        posted.push(piece);
        return say(discord, piece.text);
      },
    });
  return { discord, threads, served, posted, create, ...create() };
}

const say = (discord: DiscordDouble, text: string) => discord.say(text, { user: ids.bob }).id;

describe('the room of a question', () => {
  it('is a thread at its message, which is known from then on', async () => {
    const { discord, of, threads, served } = await rooms();
    const message = say(discord, 'why?');
    const room = { channel: message, parent: ids.general, guild: ids.guild, reply: null };
    expect(await of({ ...address, message })).toEqual(room);
    expect(await threads.get(message)).toMatchObject({ conversation: 'discord:5' });
    expect(await served.get(message)).toBe(ids.guild);
  });

  it('is a thread at a message that announces it, also for the next process', async () => {
    const { discord, of, create, posted } = await rooms();
    const asked = { ...address, announce: 'why?' };
    const room = await of(asked);
    expect(posted).toMatchObject([{ text: `<@${ids.alice}> asks: why?`, notify: null }]);
    expect(discord.threads()).toMatchObject([{ id: room?.channel, name: 'why?' }]);
    expect(await create().of(asked)).toEqual(room);
    expect(posted).toHaveLength(1);
  });

  it('is the thread it was asked in, where it is announced if it does not stand there', async () => {
    const { of, posted } = await rooms();
    const thread = { channel: '77', parent: ids.general, guild: ids.guild, reply: null };
    expect(await of({ ...address, thread: '77' })).toEqual(thread);
    expect(posted).toEqual([]);
    expect(await of({ ...address, id: '6', thread: '77', announce: 'and?' })).toEqual(thread);
    expect(posted).toHaveLength(1);
  });

  it('is the channel where no thread can be opened, as long as the turn lasts', async () => {
    const { discord, of, create } = await rooms({ without: ['CreatePublicThreads'] });
    const message = say(discord, 'why?');
    const room = { channel: ids.general, parent: null, guild: ids.guild, reply: message };
    expect(await of({ ...address, message })).toEqual(room);
    discord.allow('CreatePublicThreads');
    expect(await create().of({ ...address, message })).toEqual(room);
  });

  it('is where it was written in direct messages, and in a channel for what needs no thread', async () => {
    const { of, forget } = await rooms();
    const direct = { ...address, guild: null, channel: '3', title: null };
    expect(await of(direct)).toEqual({ channel: '3', parent: null, guild: null, reply: null });
    forget(direct);
    expect(await of({ ...address, title: null })).toEqual({
      ...{ channel: ids.general, parent: null, guild: ids.guild, reply: null },
    });
  });
});
