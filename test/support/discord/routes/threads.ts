import { messageEvent, threadEvent } from '../events.ts';
import { object, strings, text } from '../json.ts';
import { checkMessage, checkThreadName, messageFlags } from '../message-rules.ts';
import { demand, mayAll, sees } from '../permissions.ts';
import { post } from '../posting.ts';
import { ApiProblem, invalid } from '../problems.ts';
import { answer, channelIn, done, messageIn, type Reply, type Route, type RouteRequest } from '../routes.ts';
import { type Scene, told } from '../scene.ts';
import { shownChannel, shownThreadMember } from '../shown.ts';
import { type Channel, channelOf, type PostedMessage, threadTypes } from '../world.ts';

/** Threads: from a message, standing alone, and posts of a forum. */

const hours: readonly number[] = [60, 1440, 4320, 10_080];

export const threadRoutes: readonly Route[] = [
  { name: 'thread.create', method: 'POST', path: '/channels/:channel/messages/:message/threads', run: fromMessage },
  { name: 'thread.create', method: 'POST', path: '/channels/:channel/threads', run: standing },
  { name: 'thread.members', method: 'GET', path: '/channels/:channel/thread-members', run: members },
  { name: 'thread.members', method: 'GET', path: '/channels/:channel/thread-members/:user', run: member },
  { name: 'thread.members', method: 'PUT', path: '/channels/:channel/thread-members/:user', run: join },
  { name: 'thread.members', method: 'DELETE', path: '/channels/:channel/thread-members/:user', run: leave },
  { name: 'thread.list', method: 'GET', path: '/guilds/:guild/threads/active', run: active },
  { name: 'thread.list', method: 'GET', path: '/channels/:channel/threads/archived/:kind', run: archived },
  { name: 'thread.list', method: 'GET', path: '/channels/:channel/users/@me/threads/archived/private', run: archived },
];

interface NewThread {
  readonly name: string;
  readonly type: number;
  readonly owner: string;
  /** From a message the thread has its id. */
  readonly id?: string;
  readonly minutes?: number;
  readonly tags?: readonly string[];
}

export function openThread(scene: Scene, parent: Channel, { id, minutes, ...rest }: NewThread): Channel {
  const thread = channelOf({
    ...rest,
    id: id ?? scene.world.snowflake(),
    guild: parent.guild,
    parent: parent.id,
    autoArchiveMinutes: minutes ?? 4320,
    members: new Set([rest.owner]),
    tags: rest.tags ?? [],
  });
  scene.world.channels.set(thread.id, thread);
  threadEvent(scene, thread, 'THREAD_CREATE');
  const hangsOn = scene.world.find(parent.id, thread.id);
  if (hangsOn !== null) beginsWith(scene, thread, hangsOn);
  return thread;
}

/** The message that a thread hangs on is told anew, with its thread; and the thread's first message points to it. */
function beginsWith(scene: Scene, thread: Channel, message: PostedMessage): void {
  message.flags |= 32;
  messageEvent(scene, message, 'MESSAGE_UPDATE');
  post(scene, thread, { body: {}, files: [], type: 21, ...(message.user === null ? {} : { user: message.user }) });
}

function minutesIn(body: RouteRequest['body']): number {
  const minutes = Number(body.auto_archive_duration ?? 4320);
  if (!hours.includes(minutes))
    throw invalid('auto_archive_duration', 'BASE_TYPE_CHOICES', 'Value must be one of 60, 1440, 4320, 10080.');
  return minutes;
}

function fromMessage(request: RouteRequest): Reply {
  const { scene, body } = request;
  const channel = channelIn(request);
  if (channel.type !== 0 && channel.type !== 5) throw new ApiProblem(50024);
  demand(scene.world, channel, 'CreatePublicThreads', 'ReadMessageHistory');
  const message = messageIn(request);
  if (scene.world.channels.has(message.id)) throw new ApiProblem(160004);
  const name = checkThreadName(body.name);
  const type = channel.type === 5 ? 10 : 11;
  const thread = openThread(scene, channel, {
    id: message.id,
    name,
    type,
    owner: scene.world.bot.id,
    minutes: minutesIn(body),
  });
  return answer(shownChannel(thread, scene.world), 201);
}

function standing(request: RouteRequest): Reply {
  const { scene, body } = request;
  const channel = channelIn(request);
  if (channel.type === 15) return forumPost(request, channel);
  if (channel.type !== 0 && channel.type !== 5) throw new ApiProblem(50024);
  // Version 10 of the interface: private, where nothing else is said.
  const type = Number(body.type ?? 12);
  if (!threadTypes.has(type)) throw invalid('type', 'BASE_TYPE_CHOICES', 'Value must be one of 10, 11, 12.');
  demand(scene.world, channel, type === 12 ? 'CreatePrivateThreads' : 'CreatePublicThreads');
  const name = checkThreadName(body.name);
  const thread = openThread(scene, channel, { name, type, owner: scene.world.bot.id, minutes: minutesIn(body) });
  if (type !== 12) post(scene, channel, { body: { content: name }, files: [], type: 18 });
  return answer(shownChannel(thread, scene.world), 201);
}

function forumPost({ scene, body, files }: RouteRequest, channel: Channel): Reply {
  demand(scene.world, channel, 'SendMessages');
  const name = checkThreadName(body.name);
  if (body.message === undefined) throw invalid('message', 'BASE_TYPE_REQUIRED', 'This field is required');
  const tags = checkTags(channel, strings(body.applied_tags));
  const message = object(body.message);
  const flags = messageFlags.suppressEmbeds | messageFlags.silent | messageFlags.componentsV2;
  checkMessage({ body: message, files }, { maxFileBytes: scene.maxFileBytes, flags });
  const minutes = minutesIn(body);
  const id = scene.world.snowflake();
  const thread = openThread(scene, channel, { id, name, type: 11, owner: scene.world.bot.id, minutes, tags });
  const first = post(scene, thread, { body: message, files, id });
  return answer({ ...shownChannel(thread, scene.world), message: told(scene, first, true) }, 201);
}

export function checkTags(channel: Channel, tags: readonly string[]): readonly string[] {
  if (tags.length > 5) throw invalid('applied_tags', 'BASE_TYPE_MAX_LENGTH', 'Must be 5 or fewer in length.');
  if (tags.some((tag) => !channel.availableTags.some(({ id }) => id === tag)))
    throw invalid('applied_tags', 'FORUM_TAG_INVALID', 'The tag does not exist in this channel.');
  if (tags.length === 0 && channel.requireTag) throw new ApiProblem(40067);
  return tags;
}

function threadIn(request: RouteRequest): Channel {
  const thread = channelIn(request);
  if (!threadTypes.has(thread.type)) throw new ApiProblem(50024);
  demand(request.scene.world, thread);
  return thread;
}

function userIn({ scene, params }: RouteRequest): string {
  return params.user === '@me' ? scene.world.bot.id : text(params.user);
}

function members(request: RouteRequest): Reply {
  const thread = threadIn(request);
  return answer([...thread.members].map((user) => shownThreadMember(thread, user)));
}

function member(request: RouteRequest): Reply {
  const thread = threadIn(request);
  if (!thread.members.has(userIn(request))) throw new ApiProblem(10007);
  return answer(shownThreadMember(thread, userIn(request)));
}

function join(request: RouteRequest): Reply {
  const thread = threadIn(request);
  if (thread.archived) throw new ApiProblem(50083);
  if (!request.scene.world.people.has(userIn(request))) throw new ApiProblem(10013);
  thread.members.add(userIn(request));
  return done;
}

function leave(request: RouteRequest): Reply {
  const thread = threadIn(request);
  if (thread.archived) throw new ApiProblem(50083);
  thread.members.delete(userIn(request));
  return done;
}

function listed(scene: Scene, threads: readonly Channel[]): Readonly<Record<'threads' | 'members', unknown>> {
  const { world } = scene;
  return {
    threads: threads.map((thread) => shownChannel(thread, world)),
    members: threads
      .filter((thread) => thread.members.has(world.bot.id))
      .map((thread) => shownThreadMember(thread, world.bot.id)),
  };
}

function active({ scene, params }: RouteRequest): Reply {
  const { world } = scene;
  if (params.guild !== world.guild.id) throw new ApiProblem(50001);
  const threads = [...world.channels.values()].filter(
    (one) => threadTypes.has(one.type) && !one.archived && sees(world, world.bot, one),
  );
  return answer(listed(scene, threads.toReversed()));
}

function archived(request: RouteRequest): Reply {
  const { scene, params, query } = request;
  const { world } = scene;
  const channel = channelIn(request);
  demand(world, channel, 'ReadMessageHistory');
  const isPrivate = params.kind !== 'public';
  const ownOnly = params.kind === undefined;
  if (isPrivate && !ownOnly && !mayAll(world, world.bot, channel, 'ManageThreads')) throw new ApiProblem(50013);
  const limit = Number(query.get('limit') ?? 50);
  const before = query.get('before');
  const threads = [...world.channels.values()]
    .filter(
      ({ parent, archived: isArchived, type }) => parent === channel.id && isArchived && (type === 12) === isPrivate,
    )
    .filter((one) => !ownOnly || one.members.has(world.bot.id))
    .filter(({ archivedAt }) => before === null || archivedAt < Date.parse(before))
    .toSorted((one, other) => other.archivedAt - one.archivedAt);
  return answer({ ...listed(scene, threads.slice(0, limit)), has_more: threads.length > limit });
}
