import type { ReplyAddress } from '../adapter.ts';
import { replyData } from '../reply-data.ts';

/** Where an answer goes on Slack. */
export interface SlackAddress {
  /** The message that is answered: unique. */
  readonly id: string;
  readonly at: string;
  readonly conversation: string;
  readonly team: string;
  readonly channel: string;
  /** The thread it stands in; null where one is opened by announcing the question. */
  readonly thread: string | null;
  /** Who asked; null where nobody is to be told. */
  readonly user: string | null;
  /** What was asked, for everybody to see, where it does not stand in the channel itself. */
  readonly announce: string | null;
  /** Only that person sees what comes back, through this address of Slack's. */
  readonly respond: string | null;
  /** Where the answer goes when the question cannot be announced: to that person alone. */
  readonly fallback: string | null;
  /** The thread's messages that nobody took are read first: all of them, or those since the last question. */
  readonly earlier: 'all' | 'new' | null;
  /** The message's own ts, where it has one. */
  readonly ts: string | null;
  /** The ts of the message whose button was pressed, where what comes back is about that. */
  readonly pressed: string | null;
  /** The ts of the message that the question is about, where one was chosen. */
  readonly about: string | null;
}

/** The address as plain data for the ledger. */
export function writeAddress(address: SlackAddress): ReplyAddress {
  const { announce, ...data } = address;
  return { surface: 'slack', data: replyData(data), texts: replyData({ announce }) };
}

export function readAddress({ data, texts = {} }: ReplyAddress): SlackAddress {
  return {
    id: data.id ?? '',
    at: data.at ?? '',
    conversation: data.conversation ?? '',
    team: data.team ?? '',
    channel: data.channel ?? '',
    thread: data.thread ?? null,
    user: data.user ?? null,
    announce: texts.announce ?? null,
    respond: data.respond ?? null,
    fallback: data.fallback ?? null,
    earlier: data.earlier === 'all' || data.earlier === 'new' ? data.earlier : null,
    ts: data.ts ?? null,
    pressed: data.pressed ?? null,
    about: data.about ?? null,
  };
}

/** ISO 8601 of a ts. */
export function timeOf(ts: string): string {
  const seconds = Number(ts);
  return new Date(Number.isFinite(seconds) ? Math.floor(seconds * 1000) : 0).toISOString();
}

/** What a thread is known by. */
export function threadKey(team: string, channel: string, ts: string): string {
  return `${team}:${channel}:${ts}`;
}
