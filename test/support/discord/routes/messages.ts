import { checkEdit } from '../edit-rules.ts';
import { object, text } from '../json.ts';
import { checkMessage, messageFlags } from '../message-rules.ts';
import { demand, mayAll, type PermissionName } from '../permissions.ts';
import { change, post } from '../posting.ts';
import { ApiProblem, invalid } from '../problems.ts';
import { answer, channelIn, done, messageIn, type Reply, type Route, type RouteRequest } from '../routes.ts';
import { type Scene, told } from '../scene.ts';
import { shownUser } from '../shown.ts';
import { type Channel, type PostedMessage, threadTypes } from '../world.ts';
import { removeMessage } from './tokens.ts';

/** Messages of channels and threads: read, written, changed and reacted to. */

const flags = messageFlags.suppressEmbeds | messageFlags.silent | messageFlags.componentsV2;
const reactionPath = '/channels/:channel/messages/:message/reactions/:emoji';

export const messageRoutes: readonly Route[] = [
  { name: 'message.list', method: 'GET', path: '/channels/:channel/messages', run: list },
  {
    name: 'message.get',
    method: 'GET',
    path: '/channels/:channel/messages/:message',
    run: (request) => {
      demand(request.scene.world, channelIn(request), 'ReadMessageHistory');
      return answer(told(request.scene, messageIn(request)));
    },
  },
  {
    name: 'message.create',
    method: 'POST',
    path: '/channels/:channel/messages',
    limit: ['create', 'channel'],
    run: create,
  },
  {
    name: 'message.edit',
    method: 'PATCH',
    path: '/channels/:channel/messages/:message',
    limit: ['edit', 'channel'],
    run: edit,
  },
  {
    name: 'message.delete',
    method: 'DELETE',
    path: '/channels/:channel/messages/:message',
    limit: ['delete', 'channel'],
    run: remove,
  },
  {
    name: 'reaction',
    method: 'PUT',
    path: `${reactionPath}/@me`,
    limit: ['reaction', 'channel'],
    run: (request) => {
      const { message, emoji } = reacting(request, 'AddReactions');
      const isNew = !message.reactions.has(emoji);
      if (isNew && message.reactions.size >= 20) throw new ApiProblem(30010);
      message.reactions.set(emoji, (message.reactions.get(emoji) ?? new Set()).add(request.scene.world.bot.id));
      return done;
    },
  },
  {
    name: 'reaction',
    method: 'DELETE',
    path: `${reactionPath}/:user`,
    limit: ['reaction', 'channel'],
    run: (request) => {
      const { message, emoji } = reacting(request);
      const { bot } = request.scene.world;
      if (request.params.user !== '@me' && request.params.user !== bot.id) throw new ApiProblem(50013);
      const users = message.reactions.get(emoji);
      users?.delete(bot.id);
      if (users?.size === 0) message.reactions.delete(emoji);
      return done;
    },
  },
  {
    name: 'reaction',
    method: 'GET',
    path: reactionPath,
    run: (request) => {
      const { scene } = request;
      const users = messageIn(request).reactions.get(emojiIn(request)) ?? [];
      return answer(
        [...users].flatMap((id) => [...scene.world.people.values()].filter((one) => one.id === id).map(shownUser)),
      );
    },
  },
  {
    name: 'typing',
    method: 'POST',
    path: '/channels/:channel/typing',
    limit: ['typing', 'channel'],
    run: (request) => {
      const channel = channelIn(request);
      demandSend(request.scene, channel);
      request.scene.typings.push({ channel: channel.id, at: performance.now() });
      return done;
    },
  },
];

function list(request: RouteRequest): Reply {
  const { scene, query } = request;
  const channel = channelIn(request);
  demand(scene.world, channel);
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid('limit', 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.');
  // Without the right to read what was before there is nothing.
  if (!mayAll(scene.world, scene.world.bot, channel, 'ReadMessageHistory')) return answer([]);
  const seen = channel.messages.filter(({ ephemeralFor }) => ephemeralFor === null);
  return answer(chosen(seen, query, limit).map((message) => told(scene, message)));
}

/** Newest first; after a message come the oldest of those after it. */
function chosen(messages: readonly PostedMessage[], query: URLSearchParams, limit: number): readonly PostedMessage[] {
  const [after, before, around] = [query.get('after'), query.get('before'), query.get('around')];
  if (after !== null)
    return messages
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .toReversed();
  if (around !== null) {
    const at = messages.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const from = Math.max(0, (at < 0 ? messages.length : at) - Math.floor(limit / 2));
    return messages.slice(from, from + limit).toReversed();
  }
  const earlier = before === null ? messages : messages.filter(({ id }) => BigInt(id) < BigInt(before));
  return earlier.slice(-limit).toReversed();
}

/** Sending needs another right in threads than in channels. Throws 50001 or 50013, 50008 where nothing can be sent at all. */
function demandSend(scene: Scene, channel: Channel, ...more: readonly PermissionName[]): void {
  if (channel.type === 15) throw new ApiProblem(50008);
  demand(scene.world, channel, threadTypes.has(channel.type) ? 'SendMessagesInThreads' : 'SendMessages', ...more);
  if (channel.locked && channel.archived && !mayAll(scene.world, scene.world.bot, channel, 'ManageThreads'))
    throw new ApiProblem(160005);
}

function create(request: RouteRequest): Reply {
  const { scene, body, files } = request;
  const channel = channelIn(request);
  demandSend(scene, channel, ...(files.length > 0 ? (['AttachFiles'] as const) : []));
  checkMessage({ body, files }, { maxFileBytes: scene.maxFileBytes, flags });
  const nonce = text(body.nonce);
  if (body.enforce_nonce === true && nonce !== '') {
    const former = channel.messages.find((one) => one.nonce === nonce && one.user === null);
    if (former !== undefined) return answer({ ...told(scene, former), nonce });
  }
  const reference = object(body.message_reference);
  const replyTo = text(reference.message_id);
  if (replyTo !== '') {
    if (!mayAll(scene.world, scene.world.bot, channel, 'ReadMessageHistory')) throw new ApiProblem(50013);
    const answered = scene.world.find(channel.id, replyTo);
    if ((answered === null || answered.ephemeralFor !== null) && reference.fail_if_not_exists !== false)
      throw invalid('message_reference', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
  }
  const message = post(scene, channel, { body, files, ...(replyTo === '' ? {} : { replyTo }) });
  return answer({ ...told(scene, message), ...(nonce === '' ? {} : { nonce: body.nonce }) });
}

/** The message, where it may still be changed. Throws 50083 in an archived thread. */
function open(request: RouteRequest, ...needed: readonly PermissionName[]): PostedMessage {
  const channel = channelIn(request);
  demand(request.scene.world, channel, ...needed);
  const message = messageIn(request);
  if (channel.archived) throw new ApiProblem(50083);
  return message;
}

function edit(request: RouteRequest): Reply {
  const { scene, body, files } = request;
  const message = open(request);
  const isOwn = message.user === null && (message.webhook === null || message.webhook === scene.world.bot.id);
  if (!isOwn) throw new ApiProblem(50005);
  checkEdit(message, { body, files }, { maxFileBytes: scene.maxFileBytes, flags });
  change(scene, message, body, files);
  return answer(told(scene, message));
}

function remove(request: RouteRequest): Reply {
  const { scene } = request;
  const channel = channelIn(request);
  demand(scene.world, channel);
  const message = messageIn(request);
  const isOwn = message.user === null && (message.webhook === null || message.webhook === scene.world.bot.id);
  if (!isOwn) demand(scene.world, channel, 'ManageMessages');
  removeMessage(scene, message);
  return done;
}

function reacting(request: RouteRequest, ...needed: readonly PermissionName[]) {
  return { message: open(request, 'ReadMessageHistory', ...needed), emoji: emojiIn(request) };
}

function emojiIn({ params }: RouteRequest): string {
  const emoji = params.emoji ?? '';
  if (!/\p{Extended_Pictographic}|\p{Emoji_Presentation}|[#*\d]\u20e3/u.test(emoji)) throw new ApiProblem(10014);
  return emoji;
}
