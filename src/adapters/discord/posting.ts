import { createHash } from 'node:crypto';
import { MessageFlags, type REST, Routes } from 'discord.js';
import type { SurfaceRecords } from '../adapter.ts';
import { createDelivery, type Delivery, type DeliveryOptions, type Piece as SharedPiece } from '../delivery.ts';
import { fields, text } from '../untyped.ts';
import { findPiece } from './find-piece.ts';
import { isRefusedFor, outcomeOf, tokenProblem } from './outcome.ts';
import type { Room } from './rooms.ts';
import type { Voices } from './voices.ts';

/** One message (or file) to be posted exactly once. */
export interface Piece extends SharedPiece<Room> {
  readonly components?: readonly unknown[];
  /** The only person whom this message notifies; null where it notifies nobody. */
  readonly notify: string | null;
  /** It is said beside its thread where that is shut: an answer is, what is seen of the way to it is not. */
  readonly beside?: true;
}

export interface PostingOptions
  extends Pick<DeliveryOptions<Room, Piece>, 'log' | 'signal' | 'intervalMs' | 'backoffMs' | 'clock' | 'failed'> {
  readonly rest: REST;
  readonly voices: Voices;
  readonly own: { readonly userId: string };
  /** Which piece a message is, by its id: two pieces may have the same words. */
  readonly records: SurfaceRecords<string>;
}

export type Posting = Delivery<Piece>;

const keptMs = 86_400_000;

export function createPosting(options: PostingOptions): Posting {
  const { rest, voices, records, own } = options;

  async function send(piece: Piece, room: Room): Promise<string | null> {
    try {
      return await sendTo(piece, room);
    } catch (error) {
      const isShut = isRefusedFor(
        error,
        'unknownChannel',
        'missingAccess',
        'missingPermissions',
        'archivedThread',
        'lockedThread',
      );
      if (!isShut || room.parent === null || piece.beside !== true) throw error;
      // A thread that is locked, gone or not for us: what was asked is answered beside it.
      return sendTo(piece, { channel: room.parent, parent: null, guild: room.guild, reply: room.channel });
    }
  }

  async function sendTo(piece: Piece, room: Room): Promise<string | null> {
    const spoken = piece.username === undefined ? null : await voices.say(piece.username, piece.text, room);
    if (spoken !== null) return claimed(piece, spoken);
    const label = piece.username === undefined ? '' : `**${piece.username.replace(/[*\\]/g, '')}**\n`;
    const body = {
      content: `${label}${piece.text}`,
      // Within minutes Discord itself knows a repeat by this.
      nonce: nonceOf(piece.id),
      enforce_nonce: true,
      allowed_mentions: mentionsOf(piece.notify),
      flags: MessageFlags.SuppressEmbeds,
      ...(piece.components === undefined ? {} : { components: piece.components }),
      ...(room.reply === null
        ? {}
        : { message_reference: { message_id: room.reply, channel_id: room.channel, fail_if_not_exists: false } }),
    };
    const { file } = piece;
    const files = file === undefined ? {} : { files: [{ name: file.name, data: Buffer.from(file.content) }] };
    const posted = fields(await rest.post(Routes.channelMessages(room.channel), { body, ...files }));
    return claimed(piece, text(posted.id));
  }

  async function claimed(piece: Piece, id: string): Promise<string | null> {
    if (id === '') return null;
    await records.set(id, piece.id, { ttl: keptMs });
    return id;
  }

  /** In its room, or beside it. */
  async function find(piece: Piece, room: Room): Promise<string | null> {
    const wanted = { ...piece, nonce: nonceOf(piece.id), own: own.userId };
    const besides = room.parent === null || piece.beside !== true ? [] : [room.parent];
    for (const channel of [room.channel, ...besides]) {
      const found = await findPiece({ rest, records }, wanted, channel).catch((error: unknown) => {
        // Where the history may not be read, or is gone with its thread, Discord's own memory of nonces has to do.
        if (outcomeOf(error).kind === 'refused') return null;
        throw error;
      });
      if (found !== null) return claimed(piece, found);
    }
    return null;
  }

  return createDelivery({
    ...options,
    surface: 'Discord',
    find,
    send,
    outcomeOf,
    signedOut: tokenProblem,
  });
}

/** Whom a message may notify: nobody, or one person, whatever stands in its text. */
export function mentionsOf(user: string | null) {
  return { parse: [], replied_user: false, ...(user === null ? {} : { users: [user] }) };
}

/** At most 25 characters that stand for a piece. */
export function nonceOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 24);
}
