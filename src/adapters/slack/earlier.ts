import type { WebClient } from '@slack/web-api';
import type { Earlier } from '../adapter.ts';
import { chooseEarlier, longestEarlier } from '../earlier.ts';
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

const pageSize = 200;
const mostPages = 20;

/**
 * What was said in a question's thread that nobody took: all before a first mention, else what people said among themselves. Never
 * what Tutti said, nor questions that the runtime knows.
 */
export async function readEarlier(address: SlackAddress, options: EarlierOptions): Promise<Earlier | null> {
  if (address.earlier === null || address.thread === null) return null;
  const { client, identity, threads } = options;
  const latest = address.ts ?? undefined;
  const thread = await threads.get(threadKey(address.team, address.channel, address.thread));
  const taken = new Set([...(thread?.taken ?? []), address.ts ?? '']);
  const replies = await readReplies(client, { channel: address.channel, ts: address.thread, latest });
  const said = replies.messages
    .map((message) => readMessage({ ...message, channel: address.channel }, identity.team, identity))
    .filter((message): message is Posted => message?.kind === 'posted' && !taken.has(message.ts))
    .filter((message) => latest === undefined || message.ts < latest);
  if (said.length === 0) return null;
  const shown = chooseEarlier(said, ({ ts }) => ts === address.thread || ts === address.about);
  const messages = await Promise.all(
    shown.map(async ({ ts, user, isBot, text }) => ({
      at: timeOf(ts),
      author: `${isBot ? user : await options.name(user)}${ts === address.about ? ' (asked about)' : ''}`,
      text: (await options.read(text)).slice(0, longestEarlier),
    })),
  );
  return { messages, cut: said.length > shown.length || replies.cut };
}

/** All of a thread, as far as Slack tells: it begins with the oldest, and the newest count. */
async function readReplies(
  client: WebClient,
  { latest, ...thread }: { readonly channel: string; readonly ts: string; readonly latest: string | undefined },
): Promise<{ readonly messages: readonly object[]; readonly cut: boolean }> {
  const messages: object[] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.conversations
      .replies({
        ...{ ...thread, limit: pageSize },
        ...(latest === undefined ? {} : { latest }),
        ...(cursor === '' ? {} : { cursor }),
      })
      .catch(() => null);
    if (answer === null) break;
    messages.push(...(answer.messages ?? []));
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return { messages, cut: false };
  }
  return { messages, cut: true };
}
