/** What the double's Discord holds: a guild with roles, members, channels, threads, messages, webhooks and files. */

export type Json = Readonly<Record<string, unknown>>;

export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface KeptFile extends StoredFile {
  readonly id: string;
}

export interface PostedMessage {
  readonly id: string;
  /** The channel, thread or DM channel that it stands in. */
  readonly channel: string;
  /** A person's id; null for what the bot or a webhook posted. */
  readonly user: string | null;
  /** The webhook that posted it, or the application's id for an interaction's answers. */
  readonly webhook: string | null;
  /** The name a post was made under, where that was not the bot's own. */
  readonly username: string | null;
  readonly avatar: string | null;
  /** Its content; with components v2 all its text displays, one a line. */
  text: string;
  embeds: readonly Json[];
  components: readonly Json[];
  files: readonly KeptFile[];
  flags: number;
  readonly replyTo: string | null;
  readonly nonce: string | null;
  /** Only that person sees it. */
  readonly ephemeralFor: string | null;
  /** Whom it notified, by user id. */
  notified: readonly string[];
  /** Whom its text mentions, notified or not. */
  mentions: readonly string[];
  mentionRoles: readonly string[];
  mentionsEveryone: boolean;
  /** A deferred answer that has not come yet. */
  loading: boolean;
  edits: number;
  editedAt: number | null;
  readonly at: number;
  /** The interaction that it answers. */
  readonly interaction: string | null;
  /** Who reacted, by emoji. */
  readonly reactions: Map<string, Set<string>>;
  /** Discord's number for its kind: 0 ordinary, 18 and 21 what threads leave behind, 19 a reply, 20 and 23 an interaction's answer. */
  readonly type: number;
}

export interface Channel {
  readonly id: string;
  /** Discord's number: 0 text, 1 DM, 5 announcements, 10-12 threads, 15 forum. */
  readonly type: number;
  name: string;
  readonly guild: string | null;
  /** The channel of a thread. */
  readonly parent: string | null;
  /** The person of a DM, or who opened the thread. */
  readonly owner: string | null;
  overwrites: readonly Overwrite[];
  /** In order, with those that only one person sees. */
  readonly messages: PostedMessage[];
  archived: boolean;
  locked: boolean;
  archivedAt: number;
  autoArchiveMinutes: number;
  readonly members: Set<string>;
  tags: readonly string[];
  availableTags: readonly { readonly id: string; readonly name: string }[];
  readonly requireTag: boolean;
}

export interface Overwrite {
  readonly id: string;
  readonly kind: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  readonly mentionable: boolean;
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly globalName: string | null;
  /** What the guild calls them; null where they did not set it. */
  readonly nick: string | null;
  readonly isBot: boolean;
  readonly roles: readonly string[];
}

export interface Webhook {
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly token: string;
  readonly application: string | null;
}

export interface World {
  readonly guild: { readonly id: string; readonly name: string; readonly owner: string };
  readonly bot: Person;
  /** Everybody, with the bot. */
  readonly people: Map<string, Person>;
  readonly roles: Map<string, Role>;
  /** Channels, threads and DMs. */
  readonly channels: Map<string, Channel>;
  readonly webhooks: Map<string, Webhook>;
  readonly files: Map<string, KeptFile>;
  /** Unique and growing, as Discord's own: milliseconds since 2015, and a counter. */
  snowflake(): string;
  find(channel: string, id: string): PostedMessage | null;
  /** The DM channel of the bot and a person. */
  direct(user: string): Channel;
}

export const threadTypes: ReadonlySet<number> = new Set([10, 11, 12]);

/** A channel with what every channel has. */
export function channelOf(channel: Partial<Channel> & Pick<Channel, 'id' | 'type' | 'name'>): Channel {
  return {
    guild: null,
    parent: null,
    owner: null,
    overwrites: [],
    messages: [],
    archived: false,
    locked: false,
    archivedAt: Date.now(),
    autoArchiveMinutes: 4320,
    members: new Set(),
    tags: [],
    availableTags: [],
    requireTag: false,
    ...channel,
  };
}
