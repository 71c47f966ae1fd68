import type { KnownBlock, WebClient } from '@slack/web-api';
import { createDelivery, type Delivery, type DeliveryOptions, type Piece as SharedPiece } from '../delivery.ts';
import { findPiece } from './find-piece.ts';
import { outcomeOf } from './outcome.ts';
import { voiceLine, voiceOf } from './voice.ts';

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

/** Files go by other hosts than messages, which may be shut while Slack itself answers: a channel must not wait for ever. */
const mostFileTries = 5;

export type Posting = Delivery<Piece>;

export function createPosting(options: PostingOptions): Posting {
  const { client, customise, log } = options;
  /** Pieces whose blocks Slack refused: their text says the same. */
  const plain = new Set<string>();
  /** Files that nobody knows the fate of, with how often they were tried. */
  const tried = new Map<string, number>();

  async function send(piece: Piece, thread: string | null): Promise<string | null> {
    if (piece.file !== undefined) return sendFile(piece, piece.file, thread);
    try {
      const ts = await sendMessage(piece, thread);
      plain.delete(piece.id);
      return ts;
    } catch (error) {
      const outcome = outcomeOf(error);
      const refused =
        outcome.kind === 'refused' && /^(?:invalid_blocks|invalid_attachments|msg_blocks_too_long)/.test(outcome.code);
      if (!refused || piece.blocks === undefined || plain.has(piece.id)) throw error;
      log.info('Slack takes no such blocks; they go as text', { reason: outcome.code });
      plain.add(piece.id);
      return sendMessage(piece, thread);
    }
  }

  /** Slack does not tell where a file stands, so it comes back by its name; null where it cannot be sent. */
  async function sendFile(
    { id, lane, text }: Piece,
    { name: filename, content }: NonNullable<Piece['file']>,
    thread: string | null,
  ): Promise<string | null> {
    const tries = tried.get(id) ?? 0;
    tried.delete(id);
    if (tries === mostFileTries) {
      log.warn('A file cannot be sent to Slack', { lane });
      return null;
    }
    const file = { channel_id: lane, filename, content, initial_comment: text };
    try {
      await client.filesUploadV2(thread === null ? file : { ...file, thread_ts: thread });
      return filename;
    } catch (error) {
      if (outcomeOf(error).kind === 'unsure') tried.set(id, tries + 1);
      throw error;
    }
  }

  async function sendMessage(piece: Piece, thread: string | null): Promise<string | null> {
    const { username } = piece;
    const title = username !== undefined && !customise ? voiceLine(username) : null;
    const blocks = plain.has(piece.id) ? undefined : piece.blocks;
    const posted = await client.chat.postMessage({
      channel: piece.lane,
      ...(thread === null ? {} : { thread_ts: thread }),
      text: title === null ? piece.text : `${title}\n${piece.text}`,
      ...(blocks === undefined ? {} : { blocks: [...(title === null ? [] : [heading(title)]), ...blocks] }),
      ...(username !== undefined && customise ? voiceOf(username) : {}),
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

function heading(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}
