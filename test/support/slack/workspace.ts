/** What a workspace holds: people, channels, messages, files. */

export type Json = Readonly<Record<string, unknown>>;

export interface PostedMessage {
  readonly ts: string;
  readonly channel: string;
  readonly threadTs: string | null;
  /** A person's id; null for what the bot posted. */
  readonly user: string | null;
  /** The name a post was made under, where that was changed. */
  readonly username: string | null;
  text: string;
  blocks: readonly Json[];
  readonly metadata: Json | null;
  readonly files: readonly StoredFile[];
  /** Only that person sees it. */
  readonly ephemeralFor: string | null;
  edits: number;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface Channel {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'im';
  readonly messages: PostedMessage[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Workspace {
  readonly team: string;
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string };
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly files: Map<string, StoredFile>;
  /** User groups by id, with their members. */
  readonly groups: Map<string, readonly string[]>;
  channel(id: string): Channel | null;
  /** Unique and growing, as Slack's own: seconds with six decimals. */
  nextTs(): string;
  add(message: Omit<PostedMessage, 'ts' | 'edits'>): PostedMessage;
  find(channel: string, ts: string): PostedMessage | null;
}

/** Ids of everything in it hold the digit, so that two workspaces have none in common. */
export function createWorkspace(digit: '0' | '1'): Workspace {
  const own = (id: string) => id.replace('0', digit);
  const channels = new Map<string, Channel>();
  for (const [id, kind] of [
    ['C0GENERAL', 'channel'],
    ['C0RANDOM', 'channel'],
    ['C0OUTSIDE', 'channel'],
    ['G0SECRET', 'group'],
    ['D0ALICE', 'im'],
  ] as const)
    channels.set(own(id), { id: own(id), kind, messages: [] });
  const people = new Map<string, Person>();
  for (const [id, name] of [
    ['U0ALICE', 'alice'],
    ['U0BOB', 'bob'],
    ['U0CAROL', 'carol'],
    ['U0MALLORY', 'mallory'],
  ] as const)
    people.set(own(id), { id: own(id), name });
  let last = Date.now() * 1000;
  const workspace: Workspace = {
    team: own('T0TEAM'),
    bot: { userId: own('U0TUTTI'), botId: own('B0TUTTI'), appId: 'A0TUTTI' },
    people,
    channels,
    files: new Map(),
    groups: new Map([[own('S0BACKEND'), [own('U0BOB')]]]),
    channel: (id) => channels.get(id) ?? null,
    nextTs() {
      last = Math.max(last + 1, Date.now() * 1000);
      return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
    },
    add(message) {
      const posted = { ...message, ts: workspace.nextTs(), edits: 0 };
      channels.get(message.channel)?.messages.push(posted);
      return posted;
    },
    find: (channel, ts) => channels.get(channel)?.messages.find((message) => message.ts === ts) ?? null,
  };
  return workspace;
}

/** A message as the platform tells it in events and lists. */
export function shown(message: PostedMessage, workspace: Workspace): Json {
  const own = message.user === null;
  const replies = workspace.channel(message.channel)?.messages.filter((one) => one.threadTs === message.ts) ?? [];
  return {
    type: 'message',
    ts: message.ts,
    text: message.text,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.threadTs === null && replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(own ? { bot_id: workspace.bot.botId, app_id: workspace.bot.appId } : { user: message.user }),
    ...(own && message.username === null ? { user: workspace.bot.userId } : {}),
    ...(message.username === null ? {} : { subtype: 'bot_message', username: message.username }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.metadata === null ? {} : { metadata: message.metadata }),
    ...(message.files.length === 0
      ? {}
      : { subtype: 'file_share', files: message.files.map(({ id, name }) => ({ id, name })) }),
  };
}
