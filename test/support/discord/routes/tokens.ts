import { checkEdit } from '../edit-rules.ts';
import { deleteEvent } from '../events.ts';
import type { Interaction } from '../interactions.ts';
import { text } from '../json.ts';
import { checkMessage, checkThreadName, checkWebhookName, messageFlags } from '../message-rules.ts';
import { change, post } from '../posting.ts';
import { ApiProblem, invalid } from '../problems.ts';
import { answer, done, type Reply, type Route, type RouteRequest } from '../routes.ts';
import { type Scene, told } from '../scene.ts';
import { type Channel, type PostedMessage, threadTypes, type Webhook } from '../world.ts';
import { answerFlags, say } from './callbacks.ts';
import { openThread } from './threads.ts';

/** What is done with the token in the path: an interaction's further answers, and a webhook's posts. */

const hookFlags = messageFlags.suppressEmbeds | messageFlags.silent | messageFlags.componentsV2;

export const tokenRoutes: readonly Route[] = [
  {
    name: 'webhook.execute',
    method: 'POST',
    path: '/webhooks/:webhook/:token',
    limit: ['webhook', 'token'],
    open: true,
    run: (request) => (isInteraction(request) ? followUp(request) : execute(request)),
  },
  {
    name: 'webhook.message',
    method: 'GET',
    path: '/webhooks/:webhook/:token/messages/:message',
    limit: ['webhook', 'token'],
    open: true,
    run: (request) => answer(told(request.scene, messageOf(request), true)),
  },
  {
    name: 'webhook.message',
    method: 'PATCH',
    path: '/webhooks/:webhook/:token/messages/:message',
    limit: ['webhook', 'token'],
    open: true,
    run: edit,
  },
  {
    name: 'webhook.message',
    method: 'DELETE',
    path: '/webhooks/:webhook/:token/messages/:message',
    limit: ['webhook', 'token'],
    open: true,
    run: remove,
  },
];

function isInteraction({ scene, params }: RouteRequest): boolean {
  return params.webhook === scene.world.bot.id;
}

function followUp({ scene, params, body, files }: RouteRequest): Reply {
  const interaction = scene.interactions.answered(params.token ?? '');
  const rules = { maxFileBytes: scene.maxFileBytes, flags: answerFlags };
  checkMessage({ body, files }, rules);
  if (interaction.original?.loading === true) {
    // The first follow-up after a defer takes the place of what is awaited.
    change(scene, interaction.original, body, files);
    return answer(told(scene, interaction.original, true));
  }
  const message = say(scene, interaction, body, files);
  interaction.followUps.push(message);
  return answer(told(scene, message, true));
}

function execute({ scene, params, query, body, files }: RouteRequest): Reply {
  const webhook = webhookOf(scene, params);
  checkMessage({ body, files }, { maxFileBytes: scene.maxFileBytes, flags: hookFlags });
  const username = text(body.username);
  if (body.username !== undefined && body.username !== null) checkWebhookName(username, 'username');
  const avatar = text(body.avatar_url);
  if (avatar !== '' && !/^https?:\/\//.test(avatar))
    throw invalid('avatar_url', 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of http, https.');
  const channel = placeOf(scene, webhook, query.get('thread_id'), body.thread_name);
  const message = post(scene, channel, {
    body: { ...body, nonce: undefined },
    files,
    webhook: webhook.id,
    ...(body.thread_name === undefined ? {} : { id: channel.id }),
    username: username === '' ? webhook.name : username,
    ...(avatar === '' ? {} : { avatar }),
  });
  return query.get('wait') === 'true' ? answer(told(scene, message, true)) : done;
}

/** Where a webhook's post goes: its channel, a thread of it, or a new post of its forum. */
function placeOf(scene: Scene, webhook: Webhook, threadId: string | null, threadName: unknown): Channel {
  const { channels } = scene.world;
  const home = channels.get(webhook.channel);
  if (home === undefined) throw new ApiProblem(10003);
  const isForum = home.type === 15;
  if (isForum && threadId !== null && threadName !== undefined) throw new ApiProblem(220002);
  if (isForum && threadId === null && threadName === undefined) throw new ApiProblem(220001);
  if (!isForum && threadName !== undefined) throw new ApiProblem(220003);
  if (threadName !== undefined)
    return openThread(scene, home, { name: checkThreadName(threadName), type: 11, owner: scene.world.bot.id });
  if (threadId === null) return home;
  const thread = channels.get(threadId);
  if (thread === undefined || thread.parent !== home.id || !threadTypes.has(thread.type)) throw new ApiProblem(10003);
  if (thread.locked && thread.archived) throw new ApiProblem(160005);
  return thread;
}

export function webhookOf(scene: Scene, params: RouteRequest['params']): Webhook {
  const webhook = scene.world.webhooks.get(params.webhook ?? '');
  if (webhook === undefined) throw new ApiProblem(10015);
  if (params.token !== undefined && params.token !== webhook.token) throw new ApiProblem(50027);
  return webhook;
}

function messageOf(request: RouteRequest): PostedMessage {
  const { scene, params, query } = request;
  if (isInteraction(request)) return answerOf(scene.interactions.answered(params.token ?? ''), params.message ?? '');
  const webhook = webhookOf(scene, params);
  const message = scene.world.find(query.get('thread_id') ?? webhook.channel, params.message ?? '');
  if (message === null || message.webhook !== webhook.id) throw new ApiProblem(10008);
  return message;
}

function answerOf(interaction: Interaction, id: string): PostedMessage {
  const { original, followUps } = interaction;
  const found =
    id === '@original'
      ? original
      : [...followUps, ...(original === null ? [] : [original])].find((one) => one.id === id);
  if (found === null || found === undefined) throw new ApiProblem(10008);
  return found;
}

function edit(request: RouteRequest): Reply {
  const { scene, body, files } = request;
  const message = messageOf(request);
  if (scene.world.channels.get(message.channel)?.archived === true) throw new ApiProblem(50083);
  checkEdit(message, { body, files }, { maxFileBytes: scene.maxFileBytes, flags: hookFlags });
  change(scene, message, body, files);
  return answer(told(scene, message, true));
}

function remove(request: RouteRequest): Reply {
  const { scene, params } = request;
  const message = messageOf(request);
  removeMessage(scene, message);
  if (isInteraction(request)) {
    const interaction = scene.interactions.answered(params.token ?? '');
    if (interaction.original === message) interaction.original = null;
    else interaction.followUps.splice(interaction.followUps.indexOf(message), 1);
  }
  return done;
}

export function removeMessage(scene: Scene, message: PostedMessage): void {
  const messages = scene.world.channels.get(message.channel)?.messages ?? [];
  messages.splice(messages.indexOf(message), 1);
  deleteEvent(scene, message);
}
