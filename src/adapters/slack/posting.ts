import type { KnownBlock, WebClient } from '@slack/web-api';
import { createDelivery, type Delivery, type DeliveryOptions, type Piece as SharedPiece } from '../delivery.ts';
import { findPiece } from './find-piece.ts';
import { outcomeOf } from './outcome.ts';

/** One message (or file) to be posted exactly once; `place` is its thread, null at the top of the channel, which is its lane. */
export interface Piece extends SharedPiece<string | null> {
  readonly blocks?: readonly KnownBlock[];
}

export interface PostingOptions
  extends Pick<
    DeliveryOptions<string | null, Piece>,
    'log' | 'signal' | 'intervalMs' | 'backoffMs' | 'clock' | 'signedOut' | 'failed'
  > {
  readonly client: WebClient;
  /** Whether agents may speak under their own names; else their names stand in bold above what they say. */
  readonly customise: boolean;
}

export type Posting = Delivery<Piece>;

export function createPosting(options: PostingOptions): Posting {
  const { client, customise } = options;

  async function send(piece: Piece, thread: string | null): Promise<string | null> {
    if (piece.file !== undefined) {
      const { name: filename, content } = piece.file;
      const file = { channel_id: piece.lane, filename, content, initial_comment: piece.text };
      await client.filesUploadV2(thread === null ? file : { ...file, thread_ts: thread });
      return null;
    }
    const named = piece.username !== undefined;
    const posted = await client.chat.postMessage({
      channel: piece.lane,
      ...(thread === null ? {} : { thread_ts: thread }),
      text: named && !customise ? `*${piece.username}*\n${piece.text}` : piece.text,
      ...(piece.blocks === undefined ? {} : { blocks: [...piece.blocks] }),
      ...(named && customise ? { username: piece.username, icon_emoji: ':robot_face:' } : {}),
      metadata: { event_type: 'tutti_part', event_payload: { part: piece.id } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return posted.ts ?? null;
  }

  return createDelivery({
    ...options,
    surface: 'Slack',
    find: (piece, thread) => findPiece(client, piece, thread),
    send,
    outcomeOf,
  });
}
