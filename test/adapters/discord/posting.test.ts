import { describe, expect, it } from 'vitest';
import { createPosting, mentionsOf, nonceOf, type Piece, type Posting } from '../../../src/adapters/discord/posting.ts';
import type { Room } from '../../../src/adapters/discord/rooms.ts';
import { createVoices } from '../../../src/adapters/discord/voices.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { type DiscordDouble, type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';
import { storeForTest } from '../../support/store/store.ts';

const general: Room = { channel: ids.general, parent: null, guild: ids.guild, reply: null };

interface Bench {
  readonly discord: DiscordDouble;
  readonly ending: AbortController;
  readonly failures: readonly string[];
  post: Posting['post'];
  /** The same as another process. */
  readonly again: Posting;
}

async function posting(double: DoubleOptions = {}): Promise<Bench> {
  const discord = await startDiscord({ limits: 'fast', ...double });
  const { rest, patient, identity } = await signedIn(discord);
  const { application, userId } = identity;
  const ending = new AbortController();
  const failures: string[] = [];
  const records = createCollections(storeForTest()).collection<string>('pieces');
  const create = () =>
    createPosting({
      rest,
      voices: createVoices({ rest, patient, application, log: silent, clock: () => performance.now() }),
      own: { userId },
      records,
      log: silent,
      signal: ending.signal,
      intervalMs: 0,
      backoffMs: [20, 40],
      clock: () => performance.now(),
      failed: (problem) => void failures.push(problem.code),
    });
  return { discord, ending, failures, post: create().post, again: create() };
}

function piece(id: string, more: Partial<Piece> = {}): Piece {
  return {
    id,
    lane: 'c',
    place: async () => general,
    text: id,
    notify: null,
    again: false,
    since: new Date().toISOString(),
    ...more,
  };
}

const texts = (discord: DiscordDouble) => discord.posts().map(({ text }) => text);

describe('posting on Discord', () => {
  it('keeps the order in a conversation and earns no limit at Discord’s own pace', async () => {
    const { discord, post } = await posting({ limits: { create: { count: 2, perMs: 300 } } });
    const names = Array.from({ length: 6 }, (_, index) => `p${index}`);
    await Promise.all(names.map((name) => post(piece(name))));
    expect(texts(discord)).toEqual(names);
    expect(discord.rateLimited).toBe(0);
  });

  it.each(['fail', 'break'] as const)('posts once what was posted although the answer was lost (%s)', async (how) => {
    const { discord, post } = await posting();
    discord[how]('message.create', 'after');
    await post(piece('a'));
    discord[how]('message.create', 'before', 3);
    await post(piece('b'));
    discord[how]('webhook.execute', 'after');
    await post(piece('c', { username: 'api' }));
    discord[how]('webhook.execute', 'before');
    await post(piece('d', { username: 'api' }));
    expect(texts(discord)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does not take one piece for another that has the same words', async () => {
    const { discord, post } = await posting();
    const since = new Date().toISOString();
    await post(piece('one', { text: 'ok', since }));
    discord.fail('message.create', 'before');
    await post(piece('two', { text: 'ok', since }));
    discord.fail('message.create', 'after');
    await post(piece('three', { text: 'ok', since }));
    expect(texts(discord)).toEqual(['ok', 'ok', 'ok']);
  });

  it('finds what an earlier process posted, also a file and what an agent said', async () => {
    const { discord, post, again } = await posting();
    const file = { name: 'answer-1.md', content: '# all of it' };
    const id = await post(piece('a'));
    await post(piece('f', { text: '', file }));
    await post(piece('v', { username: 'api' }));
    expect(await again.post(piece('a', { again: true }))).toBe(id);
    await again.post(piece('f', { text: '', file, again: true }));
    await again.post(piece('v', { username: 'api', again: true }));
    expect(discord.posts()).toHaveLength(3);
    expect(discord.posts()[1]?.files.map(({ content }) => String(content))).toEqual(['# all of it']);
  });

  it('finds what stands beside a thread, and relies on Discord where it may not read', async () => {
    const { discord, post, again } = await posting({ without: ['ManageThreads'] });
    const thread = discord.openThread('t', { message: discord.say('x') });
    const place = async () => ({ ...general, channel: thread.id, parent: ids.general });
    discord.archive(thread.id, { locked: true });
    expect(await post(piece('status', { place }))).toBeNull();
    const id = await post(piece('a', { place, beside: true }));
    expect(await again.post(piece('a', { place, beside: true, again: true }))).toBe(id);
    discord.deny('ReadMessageHistory');
    expect(await again.post(piece('a', { again: true }))).toBe(id);
    expect(discord.posts()).toHaveLength(1);
  });

  it('outlives an outage', async () => {
    const { discord, post } = await posting();
    discord.outage(true);
    const posted = Promise.all([post(piece('a')), post(piece('b'))]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    discord.outage(false);
    await posted;
    expect(texts(discord)).toEqual(['a', 'b']);
  });

  it('goes on after what is refused for good, and says when it may not speak at all', async () => {
    const { discord, post, failures } = await posting();
    discord.refuse('message.create', 50035);
    expect(await post(piece('a'))).toBeNull();
    await post(piece('b'));
    discord.revoke();
    await expect(post(piece('c'))).rejects.toThrow();
    expect(failures).toEqual(['discord-sign-in']);
    expect(texts(discord)).toEqual(['b']);
  });

  it('leaves what waits when the program ends', async () => {
    const { discord, post, ending } = await posting();
    discord.outage(true);
    const posted = post(piece('a'));
    ending.abort();
    await expect(posted).rejects.toThrow();
  });

  it('notifies one person where it is told to, and nobody for what stands in a text', async () => {
    const { discord, post } = await posting();
    await post(piece('a', { text: `<@${ids.alice}> <@${ids.bob}> @everyone`, notify: ids.alice }));
    await post(piece('b', { text: `<@${ids.alice}> <@&${ids.admins}> @here` }));
    await post(piece('c', { text: `<@${ids.bob}> @everyone`, username: 'api' }));
    expect(discord.posts().map((message) => discord.notified(message))).toEqual([[ids.alice], [], []]);
  });

  it('posts nothing where there is no place for it', async () => {
    const { discord, post } = await posting();
    expect(await post(piece('a', { place: async () => undefined }))).toBeNull();
    expect(discord.posts()).toEqual([]);
  });
});

it('stands for a piece in as many characters as Discord takes', () => {
  expect(nonceOf('x'.repeat(500))).toHaveLength(24);
  expect(nonceOf('a')).not.toBe(nonceOf('b'));
  expect(mentionsOf(null)).toEqual({ parse: [], replied_user: false });
});
