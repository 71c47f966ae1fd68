import { applicationRoutes } from './routes/application.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { channelRoutes } from './routes/channels.ts';
import { guildRoutes } from './routes/guild.ts';
import { messageRoutes } from './routes/messages.ts';
import { threadRoutes } from './routes/threads.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import type { Route } from './routes.ts';

/** All routes, found by method and path. */

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

const routes: readonly Route[] = [
  ...applicationRoutes,
  ...callbackRoutes,
  ...messageRoutes,
  ...threadRoutes,
  ...channelRoutes,
  ...guildRoutes,
  ...tokenRoutes,
  ...webhookRoutes,
];

export function findRoute(method: string, path: string): Match | null {
  const given = path.split('/');
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.path.split('/'), given) : null;
    if (params !== null) return { route, params };
  }
  return null;
}

function paramsOf(steps: readonly string[], given: readonly string[]): Record<string, string> | null {
  if (steps.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const value = decodeURIComponent(given[index] ?? '');
    if (step.startsWith(':')) params[step.slice(1)] = value;
    else if (step !== value) return null;
  }
  return params;
}
