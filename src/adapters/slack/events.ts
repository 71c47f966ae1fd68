import type { FileFacts } from '../files.ts';
import { type Fields, isFields, list, text } from '../untyped.ts';
import { pastedTables } from './pasted-tables.ts';

/** Events of Slack, read into what counts. What does not fit is null: it comes from outside. */

/** Somebody wrote something. */
export interface Posted {
  readonly kind: 'posted';
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  /** The thread it stands in; null at the top of a channel. */
  readonly thread: string | null;
  readonly user: string;
  readonly isBot: boolean;
  readonly text: string;
  readonly channelType: string | null;
  readonly files: readonly FileFacts[];
}

/** A message has another text, or (null) is gone. */
export interface Changed {
  readonly kind: 'changed';
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  /** The thread it stands in; null at the top of a channel. */
  readonly thread: string | null;
  /** Who wrote it; null where Slack does not tell, which it may not of what is gone. */
  readonly user: string | null;
  readonly text: string | null;
  /** Tells one change of a message from another. */
  readonly version: string;
}

/** The app was removed from a workspace, or its token taken away. */
export interface Removal {
  /** Milliseconds since 1970; without end where Slack does not tell. */
  readonly at: number;
  /** Slack's name for it. */
  readonly code: string;
}

/** Reads the end of an installation; null for all other events. `seconds` is when Slack made the event. */
export function readRemoval(event: unknown, seconds: unknown): Removal | null {
  if (!isFields(event)) return null;
  const code = text(event.type);
  const at = typeof seconds === 'number' ? seconds * 1000 : Number.POSITIVE_INFINITY;
  if (code === 'app_uninstalled') return { at, code };
  // Tokens of people are taken away as well: Tutti has none.
  const bots = code === 'tokens_revoked' && isFields(event.tokens) ? list(event.tokens.bot) : [];
  return bots.length === 0 ? null : { at, code };
}

/** Subtypes that are what a person wrote; all others are notices of the platform. */
const written: ReadonlySet<string> = new Set(['', 'file_share', 'thread_broadcast', 'me_message', 'bot_message']);

/** A message or a mention; null for what nobody wrote, and for what this app wrote itself. */
export function readMessage(
  event: unknown,
  team: string,
  own: { readonly userId: string; readonly botId: string },
): Posted | Changed | null {
  if (!isFields(event)) return null;
  const subtype = text(event.subtype);
  if (subtype === 'message_changed') return readChange(event, event.message, team, own);
  if (subtype === 'message_deleted') return readChange(event, null, team, own);
  if (!written.has(subtype) || event.hidden === true) return null;
  const user = text(event.user) || text(event.bot_id);
  const [channel, ts] = [text(event.channel), text(event.ts)];
  if (isOwn(event, own) || user === '' || channel === '' || ts === '') return null;
  const thread = text(event.thread_ts);
  return {
    kind: 'posted',
    team,
    channel,
    ts,
    thread: thread === '' ? null : thread,
    user,
    isBot: text(event.bot_id) !== '',
    text: [text(event.text), ...pastedTables(event.attachments)].join('\n\n'),
    channelType: text(event.channel_type) || null,
    files: list(event.files).flatMap(readFile),
  };
}

function readChange(
  event: Fields,
  after: unknown,
  team: string,
  own: Parameters<typeof readMessage>[2],
): Changed | null {
  const before = isFields(event.previous_message) ? event.previous_message : {};
  const gone = after === null || (isFields(after) && text(after.subtype) === 'tombstone');
  // What stands for a message that is gone is Slack's own; whose it was, the one before says.
  const message = isFields(after) && !(gone && isFields(event.previous_message)) ? after : before;
  const [channel, user] = [text(event.channel), text(message.user)];
  const ts = text(message.ts) || text(event.deleted_ts);
  if (isOwn(message, own) || channel === '' || ts === '' || (user === '' && !gone)) return null;
  // Unfurled links and new replies come as changes too.
  if (!gone && text(message.text) === text(before.text)) return null;
  const thread = text(message.thread_ts) || null;
  const version = text(event.event_ts) || text(event.ts);
  return {
    kind: 'changed',
    team,
    channel,
    ts,
    thread,
    user: user || null,
    text: gone ? null : text(message.text),
    version,
  };
}

function isOwn(message: Fields, { userId, botId }: Parameters<typeof readMessage>[2]): boolean {
  return text(message.user) === userId || (botId !== '' && text(message.bot_id) === botId);
}

function readFile(file: unknown): readonly FileFacts[] {
  if (!isFields(file) || text(file.id) === '') return [];
  const url = text(file.url_private_download) || text(file.url_private);
  return [
    {
      id: text(file.id),
      name: text(file.name) || text(file.title) || text(file.id),
      type: text(file.mimetype),
      bytes: typeof file.size === 'number' ? file.size : 0,
      url: url === '' || file.is_external === true || text(file.mode) === 'external' ? null : url,
    },
  ];
}
