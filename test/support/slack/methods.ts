import { blocksOf, messageProblem } from './limits.ts';
import { type Json, type PostedMessage, type StoredFile, shown, type Workspace } from './workspace.ts';

/** The web API's methods over the workspace. Each answers with the platform's body; `ok: false` with its error. */

export interface MethodContext {
  readonly workspace: Workspace;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly scopes: ReadonlySet<string>;
  /** A message stands in the workspace now: tells who listens. */
  posted(message: PostedMessage): void;
  changed(message: PostedMessage): void;
  /** Ids of views that were opened or published, with what they hold. */
  readonly views: { readonly kind: 'open' | 'publish'; readonly user: string | null; readonly view: Json }[];
  readonly uploads: Map<string, { readonly name: string; content: Buffer }>;
  readonly triggers: Set<string>;
}

type Method = (args: Json, context: MethodContext) => Json;

export const methods: Readonly<Record<string, Method>> = {
  'auth.revoke': () => ({ ok: true, revoked: true }),
  'auth.test': (_, { workspace }) => ({
    ok: true,
    url: 'https://team.slack.com/',
    team: 'Team',
    team_id: workspace.team,
    user: 'tutti',
    user_id: workspace.bot.userId,
    bot_id: workspace.bot.botId,
  }),
  'chat.postMessage': (given, context) => {
    const args = { ...given, channel: channelOf(text(given.channel), context) };
    const problem = channelProblem(args, context) ?? messageProblem(args);
    if (problem !== null) return refusal(problem);
    const message = addPost(args, context, null);
    context.posted(message);
    return { ok: true, channel: message.channel, ts: message.ts, message: shown(message, context.workspace) };
  },
  'chat.postEphemeral': (args, context) => {
    const problem = channelProblem(args, context) ?? messageProblem(args);
    if (problem !== null) return refusal(problem);
    if (!context.workspace.people.has(text(args.user))) return refusal('user_not_in_channel');
    const message = addPost(args, context, text(args.user));
    return { ok: true, message_ts: message.ts };
  },
  'chat.update': (args, context) => {
    const message = context.workspace.find(text(args.channel), text(args.ts));
    if (message === null) return refusal('message_not_found');
    if (message.user !== null) return refusal('cant_update_message');
    const problem = messageProblem(args);
    if (problem !== null) return refusal(problem);
    message.text = text(args.text);
    message.blocks = blocksOf(args) ?? [];
    message.edits += 1;
    context.changed(message);
    return { ok: true, channel: message.channel, ts: message.ts, text: message.text };
  },
  'chat.delete': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    const index = channel?.messages.findIndex((message) => message.ts === text(args.ts)) ?? -1;
    if (channel === null || index < 0) return refusal('message_not_found');
    channel.messages.splice(index, 1);
    return { ok: true };
  },
  'conversations.replies': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === null) return refusal('channel_not_found');
    const root = text(args.ts);
    const thread = channel.messages.filter((one) => visible(one) && (one.ts === root || one.threadTs === root));
    if (thread.length === 0) return refusal('thread_not_found');
    return paged(thread, args, workspace);
  },
  'conversations.history': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === null) return refusal('channel_not_found');
    const oldest = text(args.oldest);
    const roots = channel.messages.filter(
      (one) => visible(one) && one.threadTs === null && (oldest === '' || one.ts >= oldest),
    );
    return paged(roots.toReversed(), args, workspace);
  },
  'conversations.info': (args, { workspace }) => {
    const channel = workspace.channel(text(args.channel));
    if (channel === null) return refusal('channel_not_found');
    return {
      ok: true,
      channel: { id: channel.id, is_private: channel.kind !== 'channel', is_im: channel.kind === 'im' },
    };
  },
  'users.info': (args, { workspace }) => {
    const person = workspace.people.get(text(args.user));
    if (person === undefined) return refusal('user_not_found');
    return {
      ok: true,
      user: { id: person.id, name: person.name, is_bot: false, profile: { display_name: person.name } },
    };
  },
  'usergroups.list': (_, { workspace, scopes }) => {
    if (!scopes.has('usergroups:read'))
      return { ...refusal('missing_scope'), needed: 'usergroups:read', provided: [...scopes].join(',') };
    return { ok: true, usergroups: [...workspace.groups].map(([id, users]) => ({ id, users })) };
  },
  'reactions.add': (args, { workspace }) =>
    workspace.find(text(args.channel), text(args.timestamp)) === null ? refusal('message_not_found') : { ok: true },
  'agents.sessions.setStatus': () => ({ ok: true }),
  'views.open': (args, context) => {
    if (!context.triggers.delete(text(args.trigger_id))) return refusal('expired_trigger_id');
    context.views.push({ kind: 'open', user: null, view: object(args.view) });
    return { ok: true, view: { id: `V${context.views.length}` } };
  },
  'views.publish': (args, context) => {
    context.views.push({ kind: 'publish', user: text(args.user_id), view: object(args.view) });
    return { ok: true, view: { id: `V${context.views.length}` } };
  },
  'files.getUploadURLExternal': (args, context) => {
    const id = `F0UP${context.uploads.size + 1}`;
    context.uploads.set(id, { name: text(args.filename), content: Buffer.alloc(0) });
    return { ok: true, upload_url: `${context.url}/upload/${id}`, file_id: id };
  },
  'files.completeUploadExternal': (args, context) => {
    const listed = parsed(args.files);
    const files: StoredFile[] = (Array.isArray(listed) ? listed : []).flatMap((one: Json) => {
      const upload = context.uploads.get(text(one.id));
      if (upload === undefined) return [];
      return [{ id: text(one.id), name: upload.name, type: 'text/plain', content: upload.content }];
    });
    if (files.length === 0) return refusal('file_not_found');
    for (const file of files) context.workspace.files.set(file.id, file);
    const channel = text(args.channel_id);
    if (channel !== '') {
      const message = context.workspace.add({
        channel,
        threadTs: text(args.thread_ts) || null,
        user: null,
        username: null,
        text: text(args.initial_comment),
        blocks: [],
        metadata: null,
        files,
        ephemeralFor: null,
      });
      context.posted(message);
    }
    return { ok: true, files: files.map(({ id, name }) => ({ id, title: name })) };
  },
};

/** A post into the workspace, by the bot; private to somebody where `ephemeralFor` names them. */
export function addPost(args: Json, { workspace, scopes }: MethodContext, ephemeralFor: string | null): PostedMessage {
  const threadTs = text(args.thread_ts) || null;
  const customised = scopes.has('chat:write.customize') && text(args.username) !== '';
  return workspace.add({
    channel: text(args.channel),
    threadTs,
    user: null,
    username: customised ? text(args.username) : null,
    text: text(args.text),
    blocks: blocksOf(args) ?? [],
    metadata: args.metadata === undefined ? null : object(args.metadata),
    files: [],
    ephemeralFor,
  });
}

/** The channel itself; where a person is named, what the bot and that person write to each other directly. */
function channelOf(id: string, { workspace }: MethodContext): string {
  return workspace.people.has(id) ? id.replace('U', 'D') : id;
}

function channelProblem(args: Json, { workspace }: MethodContext): string | null {
  if (workspace.channel(text(args.channel)) === null) return 'channel_not_found';
  // The one public channel that nobody invited the bot to.
  if (text(args.channel) === 'C0OUTSIDE') return 'not_in_channel';
  const threadTs = text(args.thread_ts);
  if (threadTs !== '' && !/^\d+\.\d{6}$/.test(threadTs)) return 'invalid_thread_ts';
  return null;
}

function paged(messages: readonly PostedMessage[], args: Json, workspace: Workspace): Json {
  const limit = Number(args.limit ?? 100);
  const from = Number(text(args.cursor) || 0);
  const page = messages.slice(from, from + limit);
  const hasMore = from + limit < messages.length;
  const withMetadata = String(args.include_all_metadata) === 'true';
  return {
    ok: true,
    messages: page.map((message) => {
      const { metadata, ...rest } = shown(message, workspace);
      return withMetadata && metadata !== undefined ? { ...rest, metadata } : rest;
    }),
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? String(from + limit) : '' },
  };
}

function visible(message: PostedMessage): boolean {
  return message.ephemeralFor === null;
}

function refusal(error: string): Json {
  return { ok: false, error };
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function object(value: unknown): Json {
  const inner = parsed(value);
  return typeof inner === 'object' && inner !== null ? (inner as Json) : {};
}
