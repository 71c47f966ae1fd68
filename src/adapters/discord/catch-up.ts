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
  /** Takes a message as the gateway would have brought it. */
  take(message: unknown): Promise<void>;
  now(): Date;
}

/** Fetches what was said while we were not connected: a session that begins anew is told nothing of it. */
export interface CatchUp {
  /** A message was heard. */
  heard(id: string): void;
  /** A session begins: what was heard until now is the beginning of what was missed. */
  began(): Promise<void>;
  /** Reads what was missed in a server, as it stands at the beginning of a session, and in these other threads. */
  guild(data: unknown): Promise<void>;
  /** Keeps the newest message that was heard for the next process. */
  save(): Promise<void>;
}

const key = 'newest';
const longestMs = 86_400_000;
const pageSize = 100;
const mostPages = 3;
const mostChannels = 100;
/** Kept at most so seldom: what is fetched twice is recognised. */
const saveMs = 5_000;

export function createCatchUp({ rest, log, records, take, now }: CatchUpOptions): CatchUp {
  let newest: string | null = null;
  let saved: string | null = null;
  let since: string | null = null;
  let saving: NodeJS.Timeout | null = null;

  async function save(): Promise<void> {
    if (saving !== null) clearTimeout(saving);
    saving = null;
    if (newest === null || newest === saved) return;
    saved = newest;
    await records.set(key, newest);
  }

  async function readChannel(channel: string, guild: string, from: string): Promise<void> {
    let after = from;
    for (let page = 0; page < mostPages; page += 1) {
      const query = new URLSearchParams({ after, limit: String(pageSize) });
      const messages = list(await rest.get(Routes.channelMessages(channel), { query }))
        .filter(isFields)
        .filter((message) => isId(text(message.id)))
        .toSorted((one, other) => (isLater(text(one.id), text(other.id)) ? 1 : -1));
      for (const message of messages) await take({ ...message, guild_id: guild });
      const last = messages.at(-1);
      if (last === undefined || messages.length < pageSize) return;
      after = text(last.id);
    }
    log.warn('more was said while we were away than is read now', { channel });
  }

  return {
    heard(id) {
      if (!isId(id) || (newest !== null && !isLater(id, newest))) return;
      newest = id;
      saving ??= setTimeout(() => void save().catch(() => undefined), saveMs).unref();
    },
    async began() {
      const last = newest ?? (await records.get(key)) ?? null;
      const earliest = idAt(now().getTime() - longestMs);
      since = last === null ? null : isLater(last, earliest) ? last : earliest;
      // So that the next process begins here, though nothing is said meanwhile.
      if (last === null) newest = idAt(now().getTime());
      await save();
    },
    async guild(data) {
      const from = since;
      if (from === null) return;
      const { id, channels, threads } = fields(data);
      const missed = [...list(channels), ...list(threads)].filter(isFields).filter(({ last_message_id: last }) => {
        return isId(text(last)) && isLater(text(last), from);
      });
      for (const channel of missed.slice(0, mostChannels)) {
        try {
          await readChannel(text(channel.id), text(id), from);
        } catch (error) {
          log.info('what was said meanwhile could not be read', {
            channel: text(channel.id),
            reason: reasonOf(outcomeOf(error)),
          });
        }
      }
    },
    save,
  };
}
