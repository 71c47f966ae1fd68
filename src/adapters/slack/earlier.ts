import type { WebClient } from '@slack/web-api';
import type { Earlier } from '../adapter.ts';
import type { Threads } from '../threads.ts';
import { type SlackAddress, threadKey, timeOf } from './address.ts';
import { type Posted, readMessage } from './events.ts';
import type { Identity } from './web.ts';

export interface EarlierOptions {
  readonly client: WebClient;
  readonly identity: Identity;
  readonly threads: Threads;
  /** Markdown of a text, with people by name. */
  read(text: string): Promise<string>;
  name(id: string): Promise<string>;
}

const newest = 50;
const longestMessage = 4_000;

/**
 * What was said in a question's thread that nobody took: all before a first mention, else what people said among themselves. Never
 * what Tutti said, nor questions that the runtime knows.
 */
export async function readEarlier(address: SlackAddress, options: EarlierOptions): Promise<Earlier | null> {
  if (address.earlier === null || address.thread === null) return null;
  const { client, identity, threads } = options;
  const latest = address.ts ?? undefined;
  const answer = await client.conversations
    .replies({ channel: address.channel, ts: address.thread, limit: 200, ...(latest === undefined ? {} : { latest }) })
    .catch(() => null);
  if (answer === null) return null;
  const thread = await threads.get(threadKey(address.team, address.channel, address.thread));
  const taken = new Set([...(thread?.taken ?? []), address.ts ?? '']);
  const said = (answer.messages ?? [])
    .map((message) => readMessage({ ...message, channel: address.channel }, identity.team, identity))
    .filter((message): message is Posted => message?.kind === 'posted' && !taken.has(message.ts))
    .filter((message) => latest === undefined || message.ts < latest);
  if (said.length === 0) return null;
  const shown = said.slice(-newest);
  const messages = await Promise.all(
    shown.map(async ({ ts, user, isBot, text }) => ({
      at: timeOf(ts),
      author: isBot ? user : await options.name(user),
      text: (await options.read(text)).slice(0, longestMessage),
    })),
  );
  return { messages, cut: said.length > shown.length || answer.has_more === true };
}
