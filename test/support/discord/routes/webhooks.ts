import { randomBytes } from 'node:crypto';
import { text } from '../json.ts';
import { checkWebhookName } from '../message-rules.ts';
import { demand } from '../permissions.ts';
import { ApiProblem } from '../problems.ts';
import { answer, channelIn, done, type Reply, type Route, type RouteRequest } from '../routes.ts';
import type { Scene } from '../scene.ts';
import { shownUser } from '../shown.ts';
import { type Json, threadTypes, type Webhook } from '../world.ts';
import { webhookOf } from './tokens.ts';

/** The webhooks of channels. */

const mostOfChannel = 15;

export const webhookRoutes: readonly Route[] = [
  {
    name: 'webhook.list',
    method: 'GET',
    path: '/channels/:channel/webhooks',
    run: (request) => {
      const { world } = request.scene;
      const channel = channelIn(request);
      demand(world, channel, 'ManageWebhooks');
      return answer(ofChannel(request.scene, channel.id).map((webhook) => shownWebhook(request.scene, webhook)));
    },
  },
  { name: 'webhook.create', method: 'POST', path: '/channels/:channel/webhooks', run: create },
  { name: 'webhook.get', method: 'GET', path: '/webhooks/:webhook', run: get },
  { name: 'webhook.get', method: 'GET', path: '/webhooks/:webhook/:token', open: true, run: get },
  { name: 'webhook.delete', method: 'DELETE', path: '/webhooks/:webhook', run: remove },
  { name: 'webhook.delete', method: 'DELETE', path: '/webhooks/:webhook/:token', open: true, run: remove },
];

function ofChannel(scene: Scene, channel: string): readonly Webhook[] {
  return [...scene.world.webhooks.values()].filter((webhook) => webhook.channel === channel);
}

/** Another application's webhook has no token for us. */
function shownWebhook(scene: Scene, webhook: Webhook): Json {
  const { world } = scene;
  return {
    id: webhook.id,
    type: 1,
    guild_id: world.guild.id,
    channel_id: webhook.channel,
    name: webhook.name,
    avatar: null,
    application_id: webhook.application,
    user: shownUser(webhook.application === null ? (world.people.get(world.guild.owner) ?? world.bot) : world.bot),
    ...(webhook.application === world.bot.id ? { token: webhook.token } : {}),
  };
}

function create(request: RouteRequest): Reply {
  const { scene, body } = request;
  const channel = channelIn(request);
  if (threadTypes.has(channel.type) || channel.guild === null) throw new ApiProblem(50024);
  demand(scene.world, channel, 'ManageWebhooks');
  const name = text(body.name);
  checkWebhookName(name, 'name');
  if (ofChannel(scene, channel.id).length >= mostOfChannel) throw new ApiProblem(30007);
  const id = scene.world.snowflake();
  const token = randomBytes(51).toString('base64url');
  const webhook = { id, channel: channel.id, name, token, application: scene.world.bot.id };
  scene.world.webhooks.set(id, webhook);
  return answer(shownWebhook(scene, webhook));
}

function found({ scene, params }: RouteRequest): Webhook {
  const webhook = webhookOf(scene, params);
  const channel = scene.world.channels.get(webhook.channel);
  if (params.token === undefined && channel !== undefined) demand(scene.world, channel, 'ManageWebhooks');
  return webhook;
}

function get(request: RouteRequest): Reply {
  return answer(shownWebhook(request.scene, found(request)));
}

function remove(request: RouteRequest): Reply {
  request.scene.world.webhooks.delete(found(request).id);
  return done;
}
