import { setTimeout as wait } from 'node:timers/promises';
import type { KnownBlock, WebClient } from '@slack/web-api';
import type { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { createLanes } from '../lanes.ts';
import { findPiece } from './find-piece.ts';
import { outcomeOf, tokenProblem } from './outcome.ts';

/** One message (or file) to be posted exactly once. */
export interface Piece {
  /** Opaque: goes with the message, and finds it again. */
  readonly id: string;
  readonly channel: string;
  /** Where it stands, asked when its turn has come; null at the top of the channel, undefined where there is no place for it. */
  thread(): Promise<string | null | undefined>;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  /** Posted under this name. */
  readonly username?: string;
  /** A file goes instead of the text, which stands above it. */
  readonly file?: { readonly name: string; readonly content: string };
  /** An earlier process may have posted it: looked for before it is posted. */
  readonly again: boolean;
  /** ISO 8601: it cannot have been posted before. */
  readonly since: string;
}

export interface PostingOptions {
  readonly client: WebClient;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Between two posts in a channel, in milliseconds. */
  readonly intervalMs: number;
  readonly backoffMs: readonly number[];
  /** Whether agents may speak under their own names; else their names stand in bold above what they say. */
  readonly customise: boolean;
  clock(): number;
  failed(problem: UserError): void;
}

/** Posts in order, channel by channel, at the pace that Slack takes. */
export interface Posting {
  /**
   * Resolves with the message's ts when Slack has it, over limits and outages, or with null when Slack refuses it for good. Rejects when
   * the program ends before, or the app may not speak any more.
   */
  post(piece: Piece): Promise<string | null>;
}

export function createPosting(options: PostingOptions): Posting {
  const { client, log, signal, backoffMs } = options;
  const lanes = createLanes({ intervalMs: options.intervalMs, signal, clock: options.clock });

  async function deliver(piece: Piece): Promise<string | null> {
    const thread = await piece.thread();
    if (thread === undefined) return null;
    let unsure = piece.again;
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const found = unsure ? await findPiece(client, piece, thread) : null;
        if (found !== null) return found;
        unsure = false;
        return await send(piece, thread);
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome.kind === 'refused') {
          log.warn('Slack refused a message', { channel: piece.channel, reason: outcome.message });
          return null;
        }
        if (outcome.kind === 'signed-out') {
          options.failed(tokenProblem(outcome.code, 'SLACK_BOT_TOKEN'));
          throw error;
        }
        if (outcome.kind === 'unsure') {
          unsure = true;
          log.info('Slack did not answer', { channel: piece.channel, reason: outcome.message });
        }
        const pause = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 1000;
        await wait(outcome.kind === 'limited' ? outcome.afterMs : pause, undefined, { signal });
      }
    }
  }

  async function send(piece: Piece, thread: string | null): Promise<string | null> {
    if (piece.file !== undefined) {
      const { name: filename, content } = piece.file;
      const file = { channel_id: piece.channel, filename, content, initial_comment: piece.text };
      await client.filesUploadV2(thread === null ? file : { ...file, thread_ts: thread });
      return null;
    }
    const named = piece.username !== undefined;
    const posted = await client.chat.postMessage({
      channel: piece.channel,
      ...(thread === null ? {} : { thread_ts: thread }),
      text: named && !options.customise ? `*${piece.username}*\n${piece.text}` : piece.text,
      ...(piece.blocks === undefined ? {} : { blocks: [...piece.blocks] }),
      ...(named && options.customise ? { username: piece.username, icon_emoji: ':robot_face:' } : {}),
      metadata: { event_type: 'tutti_part', event_payload: { part: piece.id } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return posted.ts ?? null;
  }

  return { post: (piece) => lanes.run(piece.channel, () => deliver(piece)) };
}
