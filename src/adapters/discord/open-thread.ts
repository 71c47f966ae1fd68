import { setTimeout as wait } from 'node:timers/promises';
import { type REST, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { clean } from '../../clean.ts';
import type { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { fields, text } from '../untyped.ts';
import { isRefusedFor, outcomeOf, tokenProblem } from './outcome.ts';

export interface OpenThreadOptions {
  readonly rest: REST;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly backoffMs: readonly number[];
  /** Monotonic milliseconds. */
  clock(): number;
  failed(problem: UserError): void;
}

/** Opens threads at messages. */
export interface OpenThread {
  /** The thread's id, also where it was opened before; null where none can be opened. */
  at(channel: string, message: string, title: string): Promise<string | null>;
}

const longestTitle = 100;
/** So long a channel that allows no threads is not asked again: forbidden calls are counted. */
const forbiddenMs = 600_000;

export function createOpenThread({ rest, log, signal, backoffMs, clock, failed }: OpenThreadOptions): OpenThread {
  const forbidden = new Map<string, number>();

  async function open(channel: string, message: string, title: string): Promise<string | null> {
    const body = { name: titleOf(title), auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const thread = fields(await rest.post(Routes.threads(channel, message), { body }));
        return text(thread.id) || message;
      } catch (error) {
        // A message's thread has its id.
        if (isRefusedFor(error, 'threadExists')) return message;
        const outcome = outcomeOf(error);
        if (outcome.kind === 'signed-out') {
          failed(tokenProblem(outcome.code));
          throw error;
        }
        if (outcome.kind === 'refused') {
          if (isRefusedFor(error, 'missingAccess', 'missingPermissions')) forbidden.set(channel, clock());
          log.warn('no thread can be opened, so the answer comes into the channel', {
            channel,
            reason: outcome.message,
          });
          return null;
        }
        const pause = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 1000;
        await wait(outcome.kind === 'limited' ? outcome.afterMs : pause, undefined, { signal });
      }
    }
  }

  return {
    async at(channel, message, title) {
      const since = forbidden.get(channel);
      if (since !== undefined && clock() - since < forbiddenMs) return null;
      forbidden.delete(channel);
      return open(channel, message, title);
    },
  };
}

/** What a thread is called after a question: 1 to 100 characters of its beginning, on one line. */
export function titleOf(question: string): string {
  const line = clean(question).replace(/\s+/gu, ' ').trim();
  if (line === '') return 'Question';
  if (line.length <= longestTitle) return line;
  const start = line.slice(0, longestTitle - 2).replace(/[\ud800-\udbff]$/, '');
  return `${start.replace(/\s\S{0,20}$/u, '')} …`;
}
