import type { Place, ReplyAddress } from '../adapter.ts';
import { replyData } from '../reply-data.ts';

/** Where an answer goes on Discord. All ids are Discord's own. */
export interface DiscordAddress {
  /** The message or interaction that is answered: unique. */
  readonly id: string;
  readonly at: string;
  readonly conversation: string;
  /** Null in direct messages. */
  readonly guild: string | null;
  /** The channel; of a thread, the one it belongs to. */
  readonly channel: string;
  /** The thread it stands in; null where one is opened. */
  readonly thread: string | null;
  /** The message of the channel that a thread is opened at; null where one is posted first, or no thread is needed. */
  readonly message: string | null;
  /** Who asked. */
  readonly user: string;
  /** What the thread is called, where one is opened. */
  readonly title: string | null;
  /** What was asked, for everybody to see, where it does not stand in the channel itself. */
  readonly announce: string | null;
  /** Only that person sees what comes back, by this token of an interaction, for as long as it lives. */
  readonly respond: string | null;
  /** Where the answer goes when nothing can be posted: to that person alone, by this token. */
  readonly fallback: string | null;
  /** The messages of the thread that nobody took are read first: all of them, or those since the last question. */
  readonly earlier: 'all' | 'new' | null;
  /** A message that the question is about. */
  readonly about: string | null;
  /** The message whose button was pressed, and that may be answered there. */
  readonly pressed: string | null;
}

/** The address as plain data for the ledger. */
export function writeAddress(address: DiscordAddress): ReplyAddress {
  const { title, announce, ...data } = address;
  return { surface: 'discord', data: replyData(data), texts: replyData({ title, announce }) };
}

export function readAddress({ data, texts = {} }: ReplyAddress): DiscordAddress {
  return {
    id: data.id ?? '',
    at: data.at ?? '',
    conversation: data.conversation ?? '',
    guild: data.guild ?? null,
    channel: data.channel ?? '',
    thread: data.thread ?? null,
    message: data.message ?? null,
    user: data.user ?? '',
    title: texts.title ?? null,
    announce: texts.announce ?? null,
    respond: data.respond ?? null,
    fallback: data.fallback ?? null,
    earlier: data.earlier === 'all' || data.earlier === 'new' ? data.earlier : null,
    about: data.about ?? null,
    pressed: data.pressed ?? null,
  };
}

/** What a thread, or a direct conversation, is known by. */
export function conversationOf(root: string): string {
  return `discord:${root}`;
}

/** The place of what is said in a channel. Direct messages are a workspace of their own, the application's. */
export function placeOf(
  application: string,
  where: {
    readonly guild: string | null;
    readonly channel: string;
    readonly thread: string | null;
    readonly private: boolean;
  },
): Place {
  return {
    surface: 'discord',
    workspace: where.guild ?? application,
    channel: where.channel,
    ...(where.thread === null ? {} : { thread: where.thread }),
    direct: where.guild === null,
    private: where.private,
  };
}
