import { type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { SurfaceRecords } from '../adapter.ts';
import { reasonOf } from '../outcome.ts';
import { fields, isFields, list, text } from '../untyped.ts';
import { outcomeOf } from './outcome.ts';
import { idAt, isId, isLater } from './snowflake.ts';

export interface CatchUpOptions {
  readonly rest: REST;
  readonly log: Log;
  /** The newest message that was heard, under one key. */
  readonly records: SurfaceRecords<string>;
  /** Channels of direct messages, of which no session tells. */
  readonly directs: SurfaceRecords<true>;
  /** Takes a message as the gateway would have brought it. */
  take(message: unknown): Promise<void>;
  now(): Date;
}

type InOrder = (channel: string, work: () => Promise<void>) => Promise<void>;

/** Fetches what was said while we were not connected: a session that begins anew is told nothing of it. */
export interface CatchUp {
  /** Hears a message. One that could not be taken counts as missed, and comes again with the next session. */
  hear(id: string, work: () => Promise<void>): Promise<void>;
  /** A session begins: what was heard until now is the beginning of what was missed. */
  began(): Promise<void>;
  /** Reads what was missed in a server, as it stands at the beginning of a session; each channel in one piece of its own order. */
  guild(data: unknown, inOrder: InOrder): Promise<void>;
  /** Somebody writes to us directly. */
  direct(channel: string): Promise<void>;
  /** The same for all who have written directly before. Never rejects. */
  directs(inOrder: InOrder): Promise<void>;
  /** Keeps the newest message that was heard for the next process. */
  save(): Promise<void>;
}

const key = 'newest';
const longestMs = 86_400_000;
const directMs = 30 * 86_400_000;
const pageSize = 100;
const mostPages = 3;
const mostChannels = 100;
/** Kept at most so seldom: what is fetched twice is recognised. */
const saveMs = 5_000;

export function createCatchUp({ rest, log, records, directs, take, now }: CatchUpOptions): CatchUp {
  const open = new Set<string>();
  const known = new Set<string>();
  let newest: string | null = null;
  let saved: string | null = null;
  let since: string | null = null;
  let saving: NodeJS.Timeout | null = null;

  /** Everything up to here was heard. */
  function heard(): string | null {
    const [first] = [...open].toSorted((one, other) => (isLater(one, other) ? 1 : -1));
    return first === undefined ? newest : String(BigInt(first) - 1n);
  }

  async function hear(id: string, work: () => Promise<void>): Promise<void> {
    if (!isId(id)) return work();
    open.add(id);
    await work();
    open.delete(id);
    if (newest === null || isLater(id, newest)) newest = id;
    saving ??= setTimeout(() => void save().catch(() => undefined), saveMs).unref();
  }

  async function save(): Promise<void> {
    if (saving !== null) clearTimeout(saving);
    saving = null;
    const last = heard();
    if (last === null || last === saved) return;
    saved = last;
    await records.set(key, last);
  }

  async function readChannel(channel: string, guild: string | null, from: string): Promise<void> {
    let after = from;
    for (let page = 0; page < mostPages; page += 1) {
      const query = new URLSearchParams({ after, limit: String(pageSize) });
      const messages = list(await rest.get(Routes.channelMessages(channel), { query }))
        .filter(isFields)
        .filter((message) => isId(text(message.id)))
        .toSorted((one, other) => (isLater(text(one.id), text(other.id)) ? 1 : -1));
      for (const message of messages)
        await hear(text(message.id), () => take(guild === null ? message : { ...message, guild_id: guild }));
      const last = messages.at(-1);
      if (last === undefined || messages.length < pageSize) return;
      after = text(last.id);
    }
    log.warn('more was said while we were away than is read now', { channel });
  }

  async function readOrLog(channel: string, guild: string | null, from: string, inOrder: InOrder): Promise<void> {
    try {
      await inOrder(channel, () => readChannel(channel, guild, from));
    } catch (error) {
      log.info('what was said meanwhile could not be read', { channel, reason: reasonOf(outcomeOf(error)) });
    }
  }

  return {
    hear,
    async began() {
      const last = heard() ?? (await records.get(key)) ?? null;
      const earliest = idAt(now().getTime() - longestMs);
      for (const id of open) if (isLater(earliest, id)) open.delete(id);
      since = last === null ? null : isLater(last, earliest) ? last : earliest;
      // So that the next process begins here, though nothing is said meanwhile.
      if (last === null) newest = idAt(now().getTime());
      await save();
    },
    async guild(data, inOrder) {
      const from = since;
      if (from === null) return;
      const { id, channels, threads } = fields(data);
      const missed = [...list(channels), ...list(threads)].filter(isFields).filter(({ last_message_id: last }) => {
        return isId(text(last)) && isLater(text(last), from);
      });
      for (const channel of missed.slice(0, mostChannels)) await readOrLog(text(channel.id), text(id), from, inOrder);
    },
    async direct(channel) {
      if (known.has(channel)) return;
      known.add(channel);
      await directs.set(channel, true, { ttl: directMs });
    },
    async directs(inOrder) {
      const from = since;
      if (from === null) return;
      const channels: string[] = [];
      for await (const [channel] of directs.entries()) channels.push(channel);
      for (const channel of channels.slice(-mostChannels)) await readOrLog(channel, null, from, inOrder);
    },
    save,
  };
}
