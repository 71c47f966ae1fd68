import { messageEvent, threadEvent } from './events.ts';
import { list, object, text } from './json.ts';
import { messageFlags } from './message-rules.ts';
import { type Mentions, mentionsOf, textOfComponents } from './notified.ts';
import { keepFiles, type Scene } from './scene.ts';
import { hasComponentsV2 } from './shown-message.ts';
import { type Channel, type Json, type KeptFile, type PostedMessage, type StoredFile, threadTypes } from './world.ts';

/** Puts messages into the world and tells who listens. What may be posted is checked before. */

export interface Draft {
  readonly body: Json;
  readonly files: readonly StoredFile[];
  readonly user?: string;
  readonly webhook?: string;
  readonly username?: string;
  readonly avatar?: string;
  readonly replyTo?: string;
  readonly ephemeralFor?: string;
  readonly interaction?: string;
  readonly loading?: boolean;
  readonly type?: number;
  /** The first message of a forum's post has the id of its thread. */
  readonly id?: string;
}

export function post(scene: Scene, channel: Channel, draft: Draft): PostedMessage {
  const { world } = scene;
  const { body } = draft;
  reopen(scene, channel);
  const flags = Number(body.flags ?? 0);
  const content = contentOf(body, flags);
  const replied = draft.replyTo === undefined ? null : world.find(channel.id, draft.replyTo);
  const message: PostedMessage = {
    id: draft.id ?? world.snowflake(),
    channel: channel.id,
    user: draft.user ?? null,
    webhook: draft.webhook ?? null,
    username: draft.username ?? null,
    avatar: draft.avatar ?? null,
    text: content,
    embeds: list(body.embeds),
    components: list(body.components),
    files: keepFiles(scene, shownFiles(body, draft.files)),
    flags: flags | (draft.ephemeralFor === undefined ? 0 : messageFlags.ephemeral),
    replyTo: replied?.id ?? null,
    nonce: body.nonce === undefined || body.nonce === null ? null : text(body.nonce),
    ephemeralFor: draft.ephemeralFor ?? null,
    ...mentionsIn(scene, channel, { body, content, isWebhook: draft.webhook !== undefined, replied }),
    loading: draft.loading ?? false,
    edits: 0,
    editedAt: null,
    at: Date.now(),
    interaction: draft.interaction ?? null,
    reactions: new Map(),
    type: draft.type ?? (replied === null ? 0 : 19),
  };
  channel.messages.push(message);
  if (threadTypes.has(channel.type) && message.webhook === null && message.type !== 21)
    channel.members.add(message.user ?? world.bot.id);
  messageEvent(scene, message, 'MESSAGE_CREATE');
  return message;
}

/** A message into an archived thread opens it again. */
function reopen(scene: Scene, channel: Channel): void {
  if (!channel.archived) return;
  channel.archived = false;
  channel.archivedAt = Date.now();
  threadEvent(scene, channel, 'THREAD_UPDATE');
}

/** Changes what is given. An edit notifies nobody; only the first text of a deferred answer does. */
export function change(scene: Scene, message: PostedMessage, body: Json, files: readonly StoredFile[]): void {
  const channel = scene.world.channels.get(message.channel);
  if (channel === undefined) return;
  message.flags = (message.flags | Number(body.flags ?? 0)) & ~messageFlags.loading;
  if (body.components !== undefined) message.components = list(body.components);
  if (body.embeds !== undefined) message.embeds = list(body.embeds);
  if (hasComponentsV2(message)) message.text = textOfComponents(message.components);
  else if (body.content !== undefined) message.text = text(body.content);
  const kept = body.attachments === undefined ? message.files : keptFiles(message.files, body);
  message.files = [...kept, ...keepFiles(scene, shownFiles({ ...body, flags: message.flags }, files))];
  const isWebhook = message.webhook !== null;
  const answered = message.replyTo === null ? null : scene.world.find(message.channel, message.replyTo);
  const replied = message.mentions.includes(answered?.user ?? scene.world.bot.id) ? answered : null;
  const found = mentionsIn(scene, channel, { body, content: message.text, isWebhook, replied });
  Object.assign(message, message.loading ? found : { ...found, notified: message.notified });
  if (message.loading) message.loading = false;
  else {
    message.edits += 1;
    message.editedAt = Date.now();
  }
  messageEvent(scene, message, 'MESSAGE_UPDATE');
}

function keptFiles(files: readonly KeptFile[], body: Json): readonly KeptFile[] {
  const named = new Set(list(body.attachments).map(({ id }) => text(id)));
  return files.filter(({ id }) => named.has(id));
}

function contentOf(body: Json, flags: number): string {
  return hasComponentsV2({ flags }) ? textOfComponents(list(body.components)) : text(body.content);
}

/** With components v2 only those files are seen that a component refers to. */
function shownFiles(body: Json, files: readonly StoredFile[]): readonly StoredFile[] {
  if (!hasComponentsV2({ flags: Number(body.flags ?? 0) })) return files;
  const components = JSON.stringify(body.components ?? []);
  return files.filter(({ name }) => components.includes(JSON.stringify(`attachment://${name}`)));
}

interface MentionDraft {
  readonly body: Json;
  readonly content: string;
  readonly isWebhook: boolean;
  readonly replied: PostedMessage | null;
}

function mentionsIn(scene: Scene, channel: Channel, { body, content, isWebhook, replied }: MentionDraft): Mentions {
  const allowed = body.allowed_mentions === undefined ? null : object(body.allowed_mentions);
  const repliedUser = replied === null || isWebhook ? null : (replied.user ?? scene.world.bot.id);
  return mentionsOf({ text: content, allowed, isWebhook, repliedUser }, channel, scene.world);
}
