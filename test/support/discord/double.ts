import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createApi } from './api.ts';
import { createFaults } from './faults.ts';
import { createGateway } from './gateway.ts';
import type { DiscordDouble, DoubleOptions } from './handle.ts';
import { ids } from './ids.ts';
import { createInteractions } from './interactions.ts';
import { createRateLimiter } from './limits.ts';
import { createWorld } from './new-world.ts';
import { createPeople } from './people.ts';
import { createRegistry } from './registry.ts';
import { createLinks, type Scene } from './scene.ts';
import { shownGuild, shownUser } from './shown.ts';
import { createUsing } from './using.ts';
import { type PostedMessage, threadTypes } from './world.ts';

export type { Acknowledged, ApiCall, DiscordDouble, DoubleOptions, Outcome } from './handle.ts';
export { ids } from './ids.ts';
export type { Channel, PostedMessage, StoredFile } from './world.ts';

/** Starts the double on a free port; stopped after the test. */
export async function startDiscord(options: DoubleOptions = {}): Promise<DiscordDouble> {
  const token = options.token ?? `${Buffer.from(ids.bot).toString('base64url')}.double.bot-token`;
  const state = { url: '', port: 0, latencyMs: 0, revoked: false };
  const world = createWorld({ requireTag: options.requireTag ?? false, foreignWebhooks: options.foreignWebhooks ?? 0 });
  const messageContent = options.messageContent ?? true;
  const tokenNow = () => (state.revoked ? null : token);
  const scene: Scene = {
    world,
    get url() {
      return state.url;
    },
    gateway: createGateway({
      heartbeatMs: options.heartbeatMs ?? 41_250,
      token: tokenNow,
      messageContent,
      ready: () => ({
        v: 10,
        user: shownUser(world.bot),
        guilds: [{ id: world.guild.id, unavailable: true }],
        resume_gateway_url: state.url.replace('http', 'ws'),
        application: { id: world.bot.id, flags: messageContent ? 1 << 19 : 0 },
      }),
      guild: () => shownGuild(world),
    }),
    registry: createRegistry(world.bot.id, world.snowflake),
    interactions: createInteractions({
      ackMs: options.ackMs ?? 3000,
      tokenMs: options.tokenMs ?? 15 * 60_000,
      snowflake: world.snowflake,
    }),
    links: createLinks(world, () => state.url),
    typings: [],
    messageContent,
    maxFileBytes: options.maxFileBytes ?? 10 * 1024 * 1024,
    oldMs: options.oldMs ?? 60 * 60_000,
  };
  const faults = createFaults();
  const api = createApi({ scene, limiter: createRateLimiter(options.limits ?? {}), faults, token: tokenNow });
  const people = createPeople(scene);
  for (const permission of options.without ?? []) people.deny(permission);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', state.url);
    if (state.latencyMs > 0) await wait(state.latencyMs);
    if (url.pathname.startsWith('/attachments/')) sendFile(url, response);
    else await api.handle(request, response, url);
  }

  function sendFile(url: URL, response: ServerResponse): void {
    const file = scene.links.open(url);
    if (file === null) response.writeHead(404).end('This content is no longer available.');
    else response.writeHead(200, { 'content-type': file.type }).end(file.content);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => scene.gateway.upgrade(request, socket, head));
  const listen = async () => {
    await new Promise<void>((resolve) => server.listen(state.port, '127.0.0.1', resolve));
    const address = server.address();
    state.port = typeof address === 'object' && address !== null ? address.port : 0;
    state.url = `http://127.0.0.1:${state.port}`;
  };
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    scene.gateway.drop();
    server.closeAllConnections();
    await closed;
  };
  await listen();
  const stop = async () => {
    scene.gateway.shutDown();
    await close();
  };
  onTestFinished(stop);

  const all = (): readonly PostedMessage[] => [...world.channels.values()].flatMap(({ messages }) => messages);
  const isTold = (message: PostedMessage) =>
    message.user === null && !message.loading && message.type !== 18 && message.type !== 21;

  return {
    url: state.url,
    environment: { DISCORD_TOKEN: token, DISCORD_API_URL: `${state.url}/api` },
    world,
    gateway: scene.gateway,
    calls: api.calls,
    interactions: scene.interactions.all,
    typings: scene.typings,
    get rateLimited() {
      return api.rateLimited;
    },
    ...people,
    ...createUsing(scene),
    posts: (place = ids.general) => {
      const channel = place.startsWith('dm:') ? world.direct(place.slice(3)) : world.channels.get(place);
      return (channel?.messages ?? []).filter((message) => isTold(message) && message.ephemeralFor === null);
    },
    whispers: (user) =>
      all().filter(
        (one) => isTold(one) && one.ephemeralFor !== null && (user === undefined || one.ephemeralFor === user),
      ),
    threads: (channel = ids.general) =>
      [...world.channels.values()].filter(({ type, parent }) => threadTypes.has(type) && parent === channel),
    commands: (guild = null) => scene.registry.list(guild),
    notified: ({ notified }) => notified,
    fail: (route, how, times = 1) => faults.plan(route, { kind: 'cut', how }, times),
    break: (route, how, times = 1, status = 502) => faults.plan(route, { kind: 'error', how, status }, times),
    stall: (route, ms, how = 'after', times = 1) => faults.plan(route, { kind: 'stall', how, ms }, times),
    refuse: (route, code, times = 1) => faults.plan(route, { kind: 'refusal', how: 'before', code }, times),
    outage: (on) => (on ? close() : listen()),
    revoke() {
      state.revoked = true;
      scene.gateway.close(4004);
    },
    expireTokens: () => scene.interactions.expireAll(),
    expireLinks: () => scene.links.expire(),
    get latencyMs() {
      return state.latencyMs;
    },
    set latencyMs(value) {
      state.latencyMs = value;
    },
    stop,
  };
}
