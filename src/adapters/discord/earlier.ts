import { type REST, Routes } from 'discord.js';
import type { Earlier } from '../adapter.ts';
import { chooseEarlier, longestEarlier } from '../earlier.ts';
import type { Threads } from '../threads.ts';
import { fields, isFields, list, text } from '../untyped.ts';
import type { DiscordAddress } from './address.ts';
import { type Own, type Posted, readMessage } from './events.ts';
import { isId, isLater, timeOf } from './snowflake.ts';

export interface EarlierOptions {
  readonly rest: REST;
  readonly own: Own;
  readonly threads: Pick<Threads, 'get'>;
  read(text: string, mentions: ReadonlyMap<string, string>, guild: string | null): string;
}

const pageSize = 100;

/**
 * What was said in a question's thread that nobody took: all before a first mention, else what people said among themselves; and the
 * message that the question is about. Never what Tutti said, nor questions that the runtime knows.
 */
export async function readEarlier(address: DiscordAddress, options: EarlierOptions): Promise<Earlier | null> {
  const [about, thread] = await Promise.all([readAbout(address, options), readThread(address, options)]);
  const inThread = new Set(thread.said.map(({ id }) => id));
  const all = [...(about === null || inThread.has(about.id) ? [] : [about]), ...thread.said];
  // Where the intent is off, nobody knows what was said.
  const said = all.filter((message) => message.text !== '');
  if (said.length === 0) return null;
  const shown = chooseEarlier(said, ({ id }) => id === address.thread || id === address.about);
  const messages = shown.map((message) => ({
    at: new Date(timeOf(message.id)).toISOString(),
    author: message.name,
    text: options.read(message.text, message.mentions, address.guild).slice(0, longestEarlier),
  }));
  return { messages, cut: said.length > shown.length || thread.cut };
}

async function readAbout(address: DiscordAddress, { rest, own }: EarlierOptions): Promise<Posted | null> {
  if (address.about === null) return null;
  return fetched(rest, address.thread ?? address.channel, address.about, own);
}

async function fetched(rest: REST, channel: string, id: string, own: Own): Promise<Posted | null> {
  const message = await rest.get(Routes.channelMessage(channel, id)).catch(() => null);
  return readMessage(message, own);
}

async function readThread(
  { thread, earlier, id, channel }: DiscordAddress,
  { rest, own, threads }: EarlierOptions,
): Promise<{ readonly said: readonly Posted[]; readonly cut: boolean }> {
  if (thread === null || earlier === null) return { said: [], cut: false };
  const query = new URLSearchParams({ before: id, limit: String(pageSize) });
  const page = list(await rest.get(Routes.channelMessages(thread), { query }).catch(() => [])).filter(isFields);
  const taken = new Set([...((await threads.get(thread))?.taken ?? []), id]);
  const said = page
    .map((message) => readMessage(message, own))
    .filter((message): message is Posted => message !== null && isId(message.id) && !taken.has(message.id))
    .toSorted((one, other) => (isLater(one.id, other.id) ? 1 : -1));
  const cut = page.length === pageSize;
  if (earlier !== 'all' || taken.has(thread)) return { said, cut };
  // A thread hangs on a message of its channel, which has its id; a post of a forum begins with one of its own.
  const isThere = page.some((message) => text(fields(message).id) === thread);
  const start = isThere
    ? null
    : ((await fetched(rest, channel, thread, own)) ?? (await fetched(rest, thread, thread, own)));
  return { said: start === null ? said : [start, ...said], cut };
}
