import { type REST, Routes } from 'discord.js';
import type { SurfaceRecords } from '../adapter.ts';
import { type Fields, fields, isFields, list, text } from '../untyped.ts';
import { idAt, isLater } from './snowflake.ts';

/** What a piece looks like where it stands. */
export interface WantedPiece {
  readonly id: string;
  readonly text: string;
  readonly username?: string;
  readonly file?: { readonly name: string };
  /** ISO 8601. */
  readonly since: string;
  readonly nonce: string;
  /** The bot's id. */
  readonly own: string;
}

const pageSize = 100;
const mostPages = 10;
/** Discord's clock and ours differ a little. */
const discordMs = 60_000;

/**
 * The id of a piece that was posted before, or null. Discord gives a message's nonce back only to whom has posted it, and a message has
 * no other place for a mark that nobody sees: so it is our own (or our webhook's) message with these words, made since the question, that
 * is not known to be another piece. Where several fit, the oldest is it: pieces are posted in order.
 */
export async function findPiece(
  { rest, records }: { readonly rest: REST; readonly records: SurfaceRecords<string> },
  piece: WantedPiece,
  channel: string,
): Promise<string | null> {
  let after = idAt(Date.parse(piece.since) - discordMs);
  for (let page = 0; page < mostPages; page += 1) {
    const query = new URLSearchParams({ after, limit: String(pageSize) });
    const messages = list(await rest.get(Routes.channelMessages(channel), { query }))
      .filter(isFields)
      .toSorted((one, other) => (isLater(text(one.id), text(other.id)) ? 1 : -1));
    for (const message of messages) {
      if (!isPiece(message, piece)) continue;
      const known = await records.get(text(message.id));
      if (known === undefined || known === piece.id) return text(message.id);
    }
    const last = messages.at(-1);
    if (last === undefined || messages.length < pageSize) return null;
    after = text(last.id);
  }
  return null;
}

function isPiece(message: Fields, piece: WantedPiece): boolean {
  if (text(message.nonce) !== '') return text(message.nonce) === piece.nonce;
  const author = fields(message.author);
  const isWebhook = text(message.webhook_id) !== '';
  if (!isWebhook && text(author.id) !== piece.own) return false;
  if (piece.file !== undefined)
    return list(message.attachments).some((one) => text(fields(one).filename) === piece.file?.name);
  const written = piece.text.trim();
  const content = text(message.content).trim();
  // Where agents have no names of their own, theirs stand above what they say.
  if (piece.username !== undefined && !isWebhook) return content.endsWith(`\n${written}`);
  return content === written && isWebhook === (piece.username !== undefined);
}
