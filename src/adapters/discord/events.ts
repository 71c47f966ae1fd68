import type { FileFacts } from '../files.ts';
import { type Fields, fields, isFields, list, text } from '../untyped.ts';
import { readFile } from './files.ts';

/** Messages of Discord, from the gateway or fetched, read into what counts. What does not fit is null: it comes from outside. */

/** Somebody wrote something. */
export interface Posted {
  readonly kind: 'posted';
  readonly id: string;
  readonly guild: string | null;
  readonly channel: string;
  readonly user: string;
  readonly name: string;
  readonly isBot: boolean;
  /** Ids of the author's roles; null where the message does not tell. */
  readonly roles: readonly string[] | null;
  readonly text: string;
  /** Names by id of all who are mentioned. */
  readonly mentions: ReadonlyMap<string, string>;
  /** Whether roles or everybody are mentioned. */
  readonly mentionsMany: boolean;
  /** The message that this one answers. */
  readonly reply: { readonly id: string; readonly isOwn: boolean } | null;
  readonly files: readonly FileFacts[];
}

/** A message has another text, or (null) is gone. */
export interface Changed {
  readonly kind: 'changed';
  readonly id: string;
  readonly channel: string;
  readonly guild: string | null;
  readonly name: string;
  readonly user: string | null;
  readonly text: string | null;
  readonly mentions: ReadonlyMap<string, string>;
  /** Tells one edit of a message from another. */
  readonly version: string;
}

export interface Own {
  readonly userId: string;
  readonly application: string;
}

/** Ordinary messages and replies: all other kinds are notices of the platform. */
const written: ReadonlySet<unknown> = new Set([0, 19]);

/** A message that was written; null for what nobody wrote, and for what we wrote ourselves, also through webhooks. */
export function readMessage(message: unknown, own: Own): Posted | null {
  const author = isFields(message) ? fields(message.author) : {};
  if (!isFields(message) || !written.has(message.type ?? 0) || isOwn(message, own)) return null;
  const [id, channel, user] = [text(message.id), text(message.channel_id), text(author.id)];
  if (id === '' || channel === '' || user === '') return null;
  const member = isFields(message.member) ? message.member : null;
  return {
    kind: 'posted',
    id,
    guild: text(message.guild_id) || null,
    channel,
    user,
    name: nameOf(author, member),
    isBot: author.bot === true || text(message.webhook_id) !== '',
    roles: member === null ? null : list(member.roles).map(text),
    text: text(message.content),
    mentions: mentionsOf(message),
    mentionsMany: message.mention_everyone === true || list(message.mention_roles).length > 0,
    reply: replyOf(message, own),
    files: list(message.attachments).flatMap(readFile),
  };
}

/** An edit; null where the text is as it was, for instance when a link unfolds. */
export function readEdit(message: unknown, own: Own): Changed | null {
  const posted = readMessage(message, own);
  const version = text(fields(message).edited_timestamp);
  if (posted === null || posted.isBot || version === '') return null;
  const { id, channel, guild, name, user, mentions } = posted;
  return { kind: 'changed', id, channel, guild, name, user, text: posted.text, mentions, version };
}

/** Messages that are gone, one or many. */
export function readDeletion(event: unknown): readonly Changed[] {
  const { id, ids, channel_id: channel, guild_id: guild } = fields(event);
  return [text(id), ...list(ids).map(text)]
    .filter((one) => one !== '')
    .map((one) => ({
      kind: 'changed',
      id: one,
      channel: text(channel),
      guild: text(guild) || null,
      name: 'deleting it',
      user: null,
      text: null,
      mentions: new Map(),
      version: 'gone',
    }));
}

/** What somebody is called: here, everywhere, or at all. */
export function nameOf(user: Fields, member: Fields | null): string {
  return text(member?.nick) || text(user.global_name) || text(user.username) || text(user.id);
}

/** Whether the bot, or a webhook of its application, wrote it. */
function isOwn(message: Fields, { userId, application }: Own): boolean {
  return text(fields(message.author).id) === userId || text(message.application_id) === application;
}

function mentionsOf(message: Fields): ReadonlyMap<string, string> {
  const people = list(message.mentions).filter(isFields);
  return new Map(people.map((one) => [text(one.id), nameOf(one, isFields(one.member) ? one.member : null)]));
}

function replyOf(message: Fields, own: Own): Posted['reply'] {
  const id = text(fields(message.message_reference).message_id);
  // A forwarded message refers to another too.
  if (id === '' || message.type !== 19) return null;
  return { id, isOwn: isFields(message.referenced_message) && isOwn(message.referenced_message, own) };
}
