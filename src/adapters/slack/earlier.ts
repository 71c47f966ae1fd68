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

/** As much as a prompt has room for. */
const mostMessages = 20;
const mostCharacters = 23_000;
const longestMessage = 4_000;
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
  const shown = chosen(said, [address.thread, address.about]);
  const messages = await Promise.all(
    shown.map(async ({ ts, user, isBot, text }) => ({
      at: timeOf(ts),
      author: `${isBot ? user : await options.name(user)}${ts === address.about ? ' (asked about)' : ''}`,
      text: (await options.read(text)).slice(0, longestMessage),
    })),
  );
  return { messages, cut: said.length > shown.length || replies.cut };
}

/** The newest that there is room for; what a thread began with and what is asked about before all others. Oldest first. */
function chosen(said: readonly Posted[], first: readonly (string | null)[]): readonly Posted[] {
  const kept = new Set(said.filter(({ ts }) => first.includes(ts)));
  const lengthOf = ({ text }: Posted) => Math.min(text.length, longestMessage);
  let left = [...kept].reduce((rest, message) => rest - lengthOf(message), mostCharacters);
  for (const message of said.toReversed()) {
    if (kept.has(message)) continue;
    left -= lengthOf(message);
    if (left < 0 || kept.size === mostMessages) break;
    kept.add(message);
  }
  return said.filter((message) => kept.has(message));
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
