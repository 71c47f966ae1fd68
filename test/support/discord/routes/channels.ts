import { channelEvent, threadEvent, threadGone } from '../events.ts';
import { object, strings, text } from '../json.ts';
import { checkThreadName } from '../message-rules.ts';
import { demand, mayAll } from '../permissions.ts';
import { ApiProblem, invalid } from '../problems.ts';
import { answer, channelIn, type Reply, type Route, type RouteRequest } from '../routes.ts';
import type { Scene } from '../scene.ts';
import { shownChannel } from '../shown.ts';
import { type Channel, type Json, threadTypes } from '../world.ts';
import { checkTags } from './threads.ts';

/** Channels and threads themselves. */
export const channelRoutes: readonly Route[] = [
  {
    name: 'channel.get',
    method: 'GET',
    path: '/channels/:channel',
    run: (request) => {
      const channel = channelIn(request);
      demand(request.scene.world, channel);
      return answer(shownChannel(channel, request.scene.world));
    },
  },
  { name: 'channel.edit', method: 'PATCH', path: '/channels/:channel', run: edit },
  {
    name: 'channel.delete',
    method: 'DELETE',
    path: '/channels/:channel',
    run: (request) => {
      const { scene } = request;
      const channel = channelIn(request);
      demand(scene.world, channel, threadTypes.has(channel.type) ? 'ManageThreads' : 'ManageChannels');
      scene.world.channels.delete(channel.id);
      threadGone(scene, channel);
      return answer(shownChannel(channel, scene.world));
    },
  },
  {
    name: 'dm.create',
    method: 'POST',
    path: '/users/@me/channels',
    run: ({ scene, body }) => {
      const user = text(body.recipient_id);
      if (!scene.world.people.has(user)) throw new ApiProblem(10013);
      if (user === scene.world.bot.id) throw new ApiProblem(50007);
      return answer(shownChannel(scene.world.direct(user), scene.world));
    },
  },
];

function edit(request: RouteRequest): Reply {
  const { scene, body } = request;
  const channel = channelIn(request);
  if (!threadTypes.has(channel.type)) {
    demand(scene.world, channel, 'ManageChannels');
    if (body.name !== undefined) channel.name = checkThreadName(body.name);
    if (Array.isArray(body.available_tags)) channel.availableTags = checkForumTags(scene, body.available_tags);
    channelEvent(scene, channel);
    return answer(shownChannel(channel, scene.world));
  }
  checkThreadRights(scene, channel, body);
  changeThread(scene, channel, body);
  threadEvent(scene, channel, 'THREAD_UPDATE');
  return answer(shownChannel(channel, scene.world));
}

/** Who opened a thread may rename, close and reopen it; locking and others' threads are for who manages threads. */
function checkThreadRights(scene: Scene, thread: Channel, body: Json): void {
  const { world } = scene;
  demand(world, thread);
  const manages = mayAll(world, world.bot, thread, 'ManageThreads');
  const isOwner = thread.owner === world.bot.id;
  const changesLock = body.locked !== undefined && body.locked !== thread.locked;
  const onlyReopens = Object.keys(body).every((name) => name === 'archived') && body.archived === false;
  if (!manages && (changesLock || thread.locked || !(isOwner || onlyReopens))) throw new ApiProblem(50013);
  if (thread.archived && body.archived !== false) throw new ApiProblem(50083);
}

function changeThread(scene: Scene, thread: Channel, body: Json): void {
  const parent = scene.world.channels.get(thread.parent ?? '');
  const name = body.name === undefined ? thread.name : checkThreadName(body.name);
  if (body.applied_tags !== undefined && parent?.type !== 15)
    throw invalid('applied_tags', 'FORUM_TAG_INVALID', 'Only posts of a forum have tags.');
  const tags =
    body.applied_tags === undefined || parent === undefined
      ? thread.tags
      : checkTags(parent, strings(body.applied_tags));
  thread.name = name;
  thread.tags = tags;
  if (typeof body.locked === 'boolean') thread.locked = body.locked;
  if (typeof body.archived === 'boolean' && body.archived !== thread.archived) {
    thread.archived = body.archived;
    thread.archivedAt = Date.now();
  }
  if (body.auto_archive_duration !== undefined) thread.autoArchiveMinutes = Number(body.auto_archive_duration);
}

/** Tags without an id are new. */
function checkForumTags(scene: Scene, tags: readonly unknown[]): Channel['availableTags'] {
  if (tags.length > 20) throw invalid('available_tags', 'BASE_TYPE_MAX_LENGTH', 'Must be 20 or fewer in length.');
  return tags.map((tag) => {
    const { id, name } = object(tag);
    if (text(name) === '' || text(name).length > 20)
      throw invalid('available_tags', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 20 in length.');
    return { id: text(id) || scene.world.snowflake(), name: text(name) };
  });
}
