import { setTimeout as wait } from 'node:timers/promises';
import { type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { SurfaceRecords } from '../adapter.ts';
import { reasonOf } from '../outcome.ts';
import { fields, isFields, list, text } from '../untyped.ts';
import { outcomeOf } from './outcome.ts';
import { idAt, isId, isLater } from './snowflake.ts';

export interface CatchUpOptions {
  readonly rest: REST;
  readonly application: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Pauses before a channel is read again that could not be read. */
  readonly backoffMs: readonly number[];
  /** The newest message that was heard, by application. */
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
  /** A server is gone, maybe for a while: when it is there again, it is read from here on. */
  away(data: unknown): void;
  /** Somebody writes to us directly. */
  direct(channel: string): Promise<void>;
  /** The same for all who have written directly before. Never rejects. */
  directs(inOrder: InOrder): Promise<void>;
  /** Keeps the newest message that was heard for the next process. */
  save(): Promise<void>;
}

const longestMs = 86_400_000;
const directMs = 30 * 86_400_000;
const pageSize = 100;
const mostPages = 3;
const mostChannels = 100;
/** Kept at most so seldom: what is fetched twice is recognised. */
const saveMs = 5_000;

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { rest, application, log, signal, records, directs, take, now } = options;
  const open = new Set<string>();
  /** When channels of direct messages were kept, in milliseconds since 1970. */
  const known = new Map<string, number>();
  let newest: string | null = null;
  let saved: string | null = null;
  let since: string | null = null;
  /** Where servers are read from that were away in this session. */
  const left = new Map<string, string>();
  let saving: NodeJS.Timeout | null = null;
  let beginning = Promise.resolve();
  /** How many servers are being read. */
  let reading = 0;

  /** Everything up to here was heard. */
  function heard(): string | null {
    const [first] = [...open].toSorted((one, other) => (isLater(one, other) ? 1 : -1));
    const last = first === undefined ? newest : String(BigInt(first) - 1n);
    const isBehind = reading > 0 && since !== null && last !== null && isLater(last, since);
    return isBehind ? since : last;
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
    await records.set(application, last);
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
    for (const pause of [...options.backoffMs, null]) {
      try {
        return await inOrder(channel, () => readChannel(channel, guild, from));
      } catch (error) {
        const outcome = outcomeOf(error);
        const isPassing = outcome.kind === 'limited' || outcome.kind === 'unsure';
        if (pause === null || !isPassing || signal.aborted)
          return log.info('what was said meanwhile could not be read', { channel, reason: reasonOf(outcome) });
        await wait(outcome.kind === 'limited' ? outcome.afterMs : pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function begin(): Promise<void> {
    const last = heard() ?? (await records.get(application)) ?? null;
    const earliest = idAt(now().getTime() - longestMs);
    for (const id of open) if (isLater(earliest, id)) open.delete(id);
    left.clear();
    since = last === null ? null : isLater(last, earliest) ? last : earliest;
    // So that the next process begins here, though nothing is said meanwhile.
    if (last === null) newest = idAt(now().getTime());
    await save();
  }

  /** Until all of it is read, the next process begins where this one did. */
  async function readAll(channels: readonly string[], guild: string | null, from: string, inOrder: InOrder) {
    reading += 1;
    try {
      for (const channel of channels) await readOrLog(channel, guild, from, inOrder);
    } finally {
      reading -= 1;
    }
  }

  return {
    hear,
    began() {
      beginning = begin();
      return beginning;
    },
    async guild(data, inOrder) {
      await beginning;
      const { id, channels, threads } = fields(data);
      const from = left.get(text(id)) ?? since;
      if (from === null) return;
      const missed = [...list(channels), ...list(threads)].filter(isFields).filter(({ last_message_id: last }) => {
        return isId(text(last)) && isLater(text(last), from);
      });
      const read = missed.slice(0, mostChannels).map((channel) => text(channel.id));
      await readAll(read, text(id), from, inOrder);
    },
    away(data) {
      const last = heard();
      if (last !== null) left.set(text(fields(data).id), last);
    },
    async direct(channel) {
      const at = now().getTime();
      if (at - (known.get(channel) ?? 0) < longestMs) return;
      await directs.set(channel, true, { ttl: directMs });
      known.set(channel, at);
    },
    async directs(inOrder) {
      const from = since;
      if (from === null) return;
      const channels: string[] = [];
      for await (const [channel] of directs.entries()) channels.push(channel);
      await readAll(channels.slice(-mostChannels), null, from, inOrder);
    },
    save,
  };
}
