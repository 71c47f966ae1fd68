import type { WebClient } from '@slack/web-api';
import { isFields, text } from '../untyped.ts';
import type { Piece } from './posting.ts';

const pageSize = 200;
const mostPages = 10;
/** Slack's clock and ours differ a little. */
const slackMs = 60_000;

/** The ts of a piece that was posted before, by the id it carries (a file: by its name); null when it is not there. */
export async function findPiece(
  client: WebClient,
  piece: Pick<Piece, 'id' | 'lane' | 'since' | 'file' | 'text'>,
  thread: string | null,
): Promise<string | null> {
  const oldest = String((Date.parse(piece.since) - slackMs) / 1000);
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const common = {
      channel: piece.lane,
      oldest,
      limit: pageSize,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const answer =
      thread === null
        ? await client.conversations.history(common)
        : await client.conversations.replies({ ...common, ts: thread });
    const messages: readonly unknown[] = answer.messages ?? [];
    const found = messages.find((message) => isPiece(message, piece));
    if (found !== undefined) return isFields(found) ? text(found.ts) : null;
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return null;
  }
  return null;
}

function isPiece(message: unknown, { id, file, text: written }: Pick<Piece, 'id' | 'file' | 'text'>): boolean {
  if (!isFields(message)) return false;
  if (file !== undefined)
    return Array.isArray(message.files) && message.files.some((one) => isFields(one) && one.name === file.name);
  // Gateways that keep no metadata: then the words have to do.
  if (!isFields(message.metadata)) return text(message.bot_id) !== '' && text(message.text) === written;
  const { event_payload: payload } = message.metadata;
  return isFields(payload) && payload.part === id;
}
