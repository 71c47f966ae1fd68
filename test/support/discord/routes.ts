import type { LimitName } from './limits.ts';
import { ApiProblem } from './problems.ts';
import type { Scene } from './scene.ts';
import type { Channel, Json, PostedMessage, StoredFile } from './world.ts';

/** What a route is: a name that tests know it by, its place, its limit, and what it does. */

export type RouteName =
  | 'gateway'
  | 'self'
  | 'application'
  | 'commands.get'
  | 'commands.put'
  | 'commands.create'
  | 'commands.delete'
  | 'interaction.callback'
  /** Both of an interaction's answers and of a webhook's posts: the same address. */
  | 'webhook.execute'
  | 'webhook.message'
  | 'webhook.get'
  | 'webhook.list'
  | 'webhook.create'
  | 'webhook.delete'
  | 'channel.get'
  | 'channel.edit'
  | 'channel.delete'
  | 'message.list'
  | 'message.get'
  | 'message.create'
  | 'message.edit'
  | 'message.delete'
  | 'reaction'
  | 'typing'
  | 'thread.create'
  | 'thread.members'
  | 'thread.list'
  | 'guild'
  | 'member'
  | 'user'
  | 'dm.create'
  | 'unknown';

export interface RouteRequest {
  readonly scene: Scene;
  /** The named steps of the path; an absent one is empty. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  /** What a PUT of a list carries. */
  readonly items: readonly Json[];
  readonly files: readonly StoredFile[];
}

export interface Reply {
  readonly status: number;
  readonly body: Json | readonly Json[] | null;
}

export interface Route {
  readonly name: RouteName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Steps with a colon are named. */
  readonly path: string;
  /** The limit, and the step that names whose it is. */
  readonly limit?: readonly [name: LimitName, step: string];
  /** The token in the path is enough; such calls are outside the global limit too. */
  readonly open?: true;
  run(request: RouteRequest): Reply;
}

export function answer(body: Json | readonly Json[], status = 200): Reply {
  return { status, body };
}

export const done: Reply = { status: 204, body: null };

/** The channel of a request. Throws 10003. */
export function channelIn({ scene, params }: Pick<RouteRequest, 'scene' | 'params'>): Channel {
  const channel = scene.world.channels.get(params.channel ?? '');
  if (channel === undefined) throw new ApiProblem(10003);
  return channel;
}

/** The message of a request, which everybody there can see. Throws 10008. */
export function messageIn({ scene, params }: Pick<RouteRequest, 'scene' | 'params'>): PostedMessage {
  const message = scene.world.find(params.channel ?? '', params.message ?? '');
  if (message === null || message.ephemeralFor !== null) throw new ApiProblem(10008);
  return message;
}
