import { setTimeout as wait } from 'node:timers/promises';
import { ChannelType, type REST, Routes } from 'discord.js';
import type { Log } from '../../log.ts';
import type { SurfaceRecords } from '../adapter.ts';
import { reasonOf } from '../outcome.ts';
import { type Fields, fields, isFields, list, text } from '../untyped.ts';
import { outcomeOf } from './outcome.ts';
import { idAt, isId, isLater } from './snowflake.ts';

export interface CatchUpOptions {
  readonly rest: REST;
  readonly application: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Pauses before a channel is read again that could not be read; the last one counts until it can. */
  readonly backoffMs: readonly number[];
  /** The newest message that was heard, by application. */
  readonly records: SurfaceRecords<string>;
  /** Channels of direct messages, of which no session tells. */
  readonly directs: SurfaceRecords<true>;
  /** The servers of threads that were answered in of late: an archived one is not told of when a session begins. */
  readonly served: SurfaceRecords<string>;
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
const mostPages = 20;
const mostChannels = 100;
/** Kept at most so seldom: what is fetched twice is recognised. */
const saveMs = 5_000;
/** Kinds of channels in which nobody writes. */
const silent: ReadonlySet<unknown> = new Set([
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.GuildDirectory,
]);

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { rest, application, log, signal, records, directs, take, now, backoffMs } = options;
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
  /** How many sessions began: what one of them could not read, the next one reads. */
  let sessions = 0;

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
    const session = sessions;
    for (let attempt = 0; session === sessions; attempt += 1) {
      try {
        return await inOrder(channel, () => readChannel(channel, guild, from));
      } catch (error) {
        const outcome = outcomeOf(error);
        const isPassing = outcome.kind === 'limited' || outcome.kind === 'unsure';
        if (!isPassing || signal.aborted)
          return log.info('what was said meanwhile could not be read', { channel, reason: reasonOf(outcome) });
        const pause = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 1000;
        await wait(outcome.kind === 'limited' ? outcome.afterMs : pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function begin(): Promise<void> {
    sessions += 1;
    const last = heard() ?? (await records.get(application)) ?? null;
    const earliest = idAt(now().getTime() - longestMs);
    for (const id of open) if (isLater(earliest, id)) open.delete(id);
    left.clear();
    since = last === null ? null : isLater(last, earliest) ? last : earliest;
    // So that the next process begins here, though nothing is said meanwhile.
    if (last === null) newest = idAt(now().getTime());
    await save();
  }

  /** Channels and threads of a server, as far as it tells of them, in which something may have been said. */
  async function missedIn(guild: string, told: readonly Fields[], from: string): Promise<readonly string[]> {
    const known = new Set(told.map(({ id }) => text(id)));
    const untold: string[] = [];
    for await (const [thread, where] of options.served.entries())
      if (where === guild && !known.has(thread)) untold.push(thread);
    const missed = told.filter((channel) => mayHoldLater(channel, from)).map(({ id }) => text(id));
    return [...missed, ...untold.toReversed()];
  }

  /** Those who have written directly, the last one first. */
  async function directChannels(): Promise<readonly string[]> {
    const channels: string[] = [];
    for await (const [channel] of directs.entries()) channels.push(channel);
    return channels.toReversed();
  }

  /** Until all of it is read, the next process begins where this one did. */
  async function readAll(channels: Promise<readonly string[]>, guild: string | null, from: string, inOrder: InOrder) {
    reading += 1;
    try {
      for (const channel of (await channels).slice(0, mostChannels)) await readOrLog(channel, guild, from, inOrder);
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
      const told = [...list(channels), ...list(threads)].filter(isFields);
      await readAll(missedIn(text(id), told, from), text(id), from, inOrder);
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
      await readAll(directChannels(), null, from, inOrder);
    },
    save,
  };
}

/** Whether something may stand in a channel that was said after a message. Not all that speak for Discord tell of the last one. */
function mayHoldLater({ type, last_message_id: last }: Fields, from: string): boolean {
  if (last === undefined) return !silent.has(type);
  return isId(text(last)) && isLater(text(last), from);
}
