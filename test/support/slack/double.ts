import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type ApiCall, createApi, type PlannedFailure } from './api.ts';
import { createRateLimiter } from './limits.ts';
import type { MethodContext } from './methods.ts';
import { clientId, clientSecret, createGrants, type Grants } from './oauth.ts';
import { postSigned, signingSecret } from './signed.ts';
import { type Acknowledged, createSockets, type Sockets } from './sockets.ts';
import { createWorkspace, type Json, type PostedMessage, type StoredFile, shown, type Workspace } from './workspace.ts';

export type { PostedMessage } from './workspace.ts';

/** Slack on loopback: speaks the wire protocol, holds the documented limits, can be made to fail. */
export interface SlackDouble {
  readonly url: string;
  /** What the program needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  /** Another one, with the same names and other ids: `T1TEAM`, `C1GENERAL`, `U1ALICE`. Nobody has a token for it yet. */
  readonly other: Workspace;
  /** Tokens of workspaces that install the app. */
  readonly grants: Grants;
  /** What else the program needs in its environment so that workspaces can install it. */
  readonly oauthEnvironment: Readonly<Record<string, string>>;
  readonly sockets: Sockets;
  /** Every call of the web API, in order. */
  readonly calls: readonly ApiCall[];
  readonly views: MethodContext['views'];
  /** A person writes; resolves when the events were acknowledged (or given up). */
  say(text: string, options?: SayOptions): Promise<Said>;
  edit(said: PostedMessage, text: string): Promise<void>;
  remove(said: PostedMessage): Promise<void>;
  command(command: string, text: string, options?: SayOptions): Promise<CommandOutcome>;
  /** Presses the button with this action, or label, on a message; resolves with the acknowledgement. */
  press(message: PostedMessage, action: string, user?: string): Promise<Acknowledged | null>;
  /** Chooses what is called so in a menu of a message. */
  choose(message: PostedMessage, label: string, user?: string): Promise<Acknowledged | null>;
  /** `team`: the workspace it is of; `seconds`: when it was made. */
  event(event: Json, options?: { readonly team?: string; readonly seconds?: number }): Promise<Acknowledged | null>;
  /** Uses a message shortcut. */
  shortcut(callbackId: string, message: PostedMessage, user?: string): Promise<Acknowledged | null>;
  /** What the bot posted in a channel (or thread), in order; what only one person sees is left out. */
  posts(channel?: string, thread?: string): readonly PostedMessage[];
  /** What only one person saw. */
  whispers(user?: string): readonly PostedMessage[];
  /**
   * The next calls of a method fail: before anything is done; after it was done and without the answer getting back, because the
   * connection ends (`after`) or because nothing more comes (`silent`).
   */
  fail(method: string, how: 'before' | 'after' | 'silent', times?: number): void;
  /** An error of the platform for the next calls. */
  refuse(method: string, error: string, times?: number): void;
  /** While it is on, nothing gets through. */
  outage(on: boolean): void;
  latencyMs: number;
}

export interface SayOptions {
  readonly user?: string;
  readonly channel?: string;
  readonly thread?: string;
  readonly files?: readonly StoredFile[];
}

export interface Said {
  readonly message: PostedMessage;
  readonly acknowledged: readonly (Acknowledged | null)[];
}

export interface CommandOutcome {
  readonly acknowledged: Acknowledged | null;
  readonly responseUrl: string;
}

export interface DoubleOptions {
  readonly postIntervalMs?: number;
  readonly ackMs?: number;
  readonly retryMs?: readonly number[];
  readonly lingerMs?: number;
  readonly scopes?: readonly string[];
  readonly botToken?: string;
  readonly appToken?: string;
  /** Seconds that tokens of installations live; for ever when absent. */
  readonly expiresIn?: number;
  /** HTTP mode: where events go, instead of a socket. */
  readonly requestUrl?: string;
}

const allScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'usergroups:read',
  'users:read',
];

/** Starts the double on a free port; stopped after the test. */
export async function startSlack(options: DoubleOptions = {}): Promise<SlackDouble> {
  const workspace = createWorkspace('0');
  const other = createWorkspace('1');
  const ackMs = options.ackMs ?? 3000;
  const limiter = createRateLimiter(options.postIntervalMs ?? 1000);
  const sockets = createSockets({
    ackMs,
    retryMs: options.retryMs ?? [200, 1000, 3000],
    lingerMs: options.lingerMs ?? 5000,
  });
  const botToken = options.botToken ?? 'xoxb-double-bot-token';
  const appToken = options.appToken ?? 'xapp-double-app-token';
  const scopes = new Set(options.scopes ?? allScopes);
  const failures: PlannedFailure[] = [];
  const state = { outage: false, latencyMs: 0 };
  const common = { scopes, views: [], uploads: new Map(), triggers: new Set<string>() };
  const contexts = [workspace, other].map((home) => contextFor(home));
  const contextOf = (team: string) => contexts.find((context) => context.workspace.team === team) ?? contextFor(other);
  const homeOf = (channel: string) =>
    contexts.find((context) => context.workspace.channel(channel) !== null) ?? contextOf(workspace.team);
  const grants = createGrants({
    fixed: new Map([[botToken, workspace.team]]),
    expiresIn: options.expiresIn ?? null,
    scopes: [...scopes],
    botUserOf: (team) => contextOf(team).workspace.bot.userId,
  });
  const api = createApi({ url: () => url, contextOf, homeOf, grants, sockets, failures, appToken, limiter });

  function contextFor(home: Workspace): MethodContext {
    const { team } = home;
    return {
      ...common,
      workspace: home,
      get url() {
        return url;
      },
      posted: (message) =>
        void event(
          {
            ...shown(message, home),
            channel: message.channel,
            channel_type: kindOf(message.channel),
            event_ts: message.ts,
          },
          { team },
        ),
      changed: (message) =>
        void event(
          {
            type: 'message',
            subtype: 'message_changed',
            channel: message.channel,
            channel_type: kindOf(message.channel),
            ts: home.nextTs(),
            message: shown(message, home),
            previous_message: shown(message, home),
          },
          { team },
        ),
    };
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    if (state.outage) socket.destroy();
    else sockets.upgrade(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  onTestFinished(async () => {
    sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function kindOf(channel: string): string {
    return homeOf(channel).workspace.channel(channel)?.kind ?? 'channel';
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const body = await bodyOf(request);
    if (state.outage) return response.destroy();
    if (state.latencyMs > 0) await wait(state.latencyMs);
    const path = new URL(request.url ?? '/', url).pathname;
    const [, area = '', name = ''] = path.split('/');
    return api.handle(area, name, { request, response, body });
  }

  function envelope(inner: Json, team: string, seconds: number): Json {
    const { bot } = contextOf(team).workspace;
    return {
      type: 'event_callback',
      team_id: team,
      api_app_id: bot.appId,
      event_id: `Ev${randomUUID()}`,
      event_time: seconds,
      authorizations: [{ team_id: team, user_id: bot.userId, is_bot: true, is_enterprise_install: false }],
      event: inner,
    };
  }

  function event(
    inner: Json,
    { team = workspace.team, seconds = Math.floor(Date.now() / 1000) } = {},
  ): Promise<Acknowledged | null> {
    const payload = envelope(inner, team, seconds);
    if (options.requestUrl === undefined) return sockets.deliver('events_api', payload);
    const body = JSON.stringify(payload);
    const retryMs = options.retryMs ?? [200, 1000, 3000];
    return postSigned(options.requestUrl, { body, type: 'application/json', retryMs, ackMs });
  }

  function interactive(type: 'slash_commands' | 'interactive', payload: Json): Promise<Acknowledged | null> {
    if (options.requestUrl === undefined) return sockets.deliver(type, payload);
    const form =
      type === 'slash_commands'
        ? new URLSearchParams(Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)])))
        : new URLSearchParams({ payload: JSON.stringify(payload) });
    const formType = 'application/x-www-form-urlencoded';
    return postSigned(options.requestUrl, { body: form.toString(), type: formType, retryMs: [], ackMs });
  }

  function responseUrl(channel: string, user: string): string {
    const id = randomUUID();
    api.responseUrls.set(id, { left: 5, channel, user });
    return `${url}/respond/${id}`;
  }

  function trigger(): string {
    const id = `${Date.now()}.${randomUUID()}`;
    common.triggers.add(id);
    setTimeout(() => common.triggers.delete(id), 3000).unref();
    return id;
  }

  async function say(text: string, said: SayOptions = {}): Promise<Said> {
    const { user = 'U0ALICE', channel = 'C0GENERAL', thread = null, files = [] } = said;
    const home = homeOf(channel).workspace;
    for (const file of files) home.files.set(file.id, file);
    const message = home.add({
      channel,
      threadTs: thread,
      user,
      username: null,
      text,
      blocks: [],
      metadata: null,
      files,
      ephemeralFor: null,
    });
    const told = {
      ...shown(message, home),
      team: home.team,
      channel,
      event_ts: message.ts,
      ...(files.length === 0
        ? {}
        : {
            files: files.map(({ id, name, type, content }) => ({
              id,
              name,
              mimetype: type,
              size: content.length,
              url_private: `${url}/files/${id}`,
              is_external: false,
            })),
          }),
    };
    const mentions = text.includes(`<@${home.bot.userId}>`) && kindOf(channel) !== 'im';
    const acknowledged = await Promise.all([
      event({ ...told, channel_type: kindOf(channel) }, { team: home.team }),
      ...(mentions ? [event({ ...told, type: 'app_mention' }, { team: home.team })] : []),
    ]);
    return { message, acknowledged };
  }

  function act(message: PostedMessage, action: Json, user: string): Promise<Acknowledged | null> {
    return interactive('interactive', {
      type: 'block_actions',
      team: { id: homeOf(message.channel).workspace.team },
      user: { id: user, name: workspace.people.get(user)?.name ?? user },
      channel: { id: message.channel },
      message: shown(message, homeOf(message.channel).workspace),
      container: {
        type: 'message',
        channel_id: message.channel,
        message_ts: message.ts,
        thread_ts: message.threadTs,
      },
      actions: [{ ...action, action_ts: workspace.nextTs() }],
      trigger_id: trigger(),
      response_url: responseUrl(message.channel, user),
      api_app_id: workspace.bot.appId,
    });
  }

  return {
    url,
    environment: {
      SLACK_API_URL: `${url}/api/`,
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_SIGNING_SECRET: signingSecret,
    },
    workspace,
    other,
    grants,
    oauthEnvironment: {
      SLACK_CLIENT_ID: clientId,
      SLACK_CLIENT_SECRET: clientSecret,
      TUTTI_SECRET_KEY: 'the key that seals the tokens',
    },
    sockets,
    calls: api.calls,
    views: common.views,
    say,
    event,
    async edit(said, text) {
      const before = shown(said, workspace);
      said.text = text;
      await event({
        type: 'message',
        subtype: 'message_changed',
        channel: said.channel,
        channel_type: kindOf(said.channel),
        ts: workspace.nextTs(),
        message: { ...shown(said, workspace), edited: { user: said.user, ts: workspace.nextTs() } },
        previous_message: before,
      });
    },
    async remove(said) {
      const messages = workspace.channel(said.channel)?.messages ?? [];
      messages.splice(messages.indexOf(said), 1);
      await event({
        type: 'message',
        subtype: 'message_deleted',
        channel: said.channel,
        channel_type: kindOf(said.channel),
        ts: workspace.nextTs(),
        deleted_ts: said.ts,
        previous_message: shown(said, workspace),
      });
    },
    async command(command, text, said = {}) {
      const { user = 'U0ALICE', channel = 'C0GENERAL' } = said;
      const address = responseUrl(channel, user);
      const acknowledged = await interactive('slash_commands', {
        command,
        text,
        user_id: user,
        user_name: workspace.people.get(user)?.name ?? user,
        channel_id: channel,
        channel_name:
          kindOf(channel) === 'group' ? 'privategroup' : kindOf(channel) === 'im' ? 'directmessage' : 'general',
        team_id: homeOf(channel).workspace.team,
        api_app_id: workspace.bot.appId,
        trigger_id: trigger(),
        response_url: address,
      });
      return { acknowledged, responseUrl: address };
    },
    press(message, action, user = 'U0ALICE') {
      const button = elementsOf(message).find((element) => element.action_id === action || labelOf(element) === action);
      if (button === undefined) throw new Error(`There is no button ${action} on the message.`);
      return act(message, button, user);
    },
    choose(message, label, user = 'U0ALICE') {
      const chosen = elementsOf(message).flatMap((menu) =>
        (Array.isArray(menu.options) ? (menu.options as Json[]) : []).flatMap((option) =>
          labelOf(option) === label ? [{ type: menu.type, action_id: menu.action_id, selected_option: option }] : [],
        ),
      );
      const [action] = chosen;
      if (action === undefined) throw new Error(`There is no ${label} to be chosen on the message.`);
      return act(message, action, user);
    },
    shortcut(callbackId, message, user = 'U0ALICE') {
      return interactive('interactive', {
        type: 'message_action',
        callback_id: callbackId,
        team: { id: workspace.team },
        user: { id: user, name: workspace.people.get(user)?.name ?? user },
        channel: { id: message.channel },
        message_ts: message.ts,
        message: shown(message, workspace),
        trigger_id: trigger(),
        response_url: responseUrl(message.channel, user),
        action_ts: workspace.nextTs(),
      });
    },
    posts: (channel = 'C0GENERAL', thread) =>
      (homeOf(channel).workspace.channel(channel)?.messages ?? []).filter(
        (message) =>
          message.user === null &&
          message.ephemeralFor === null &&
          (thread === undefined || message.threadTs === thread),
      ),
    whispers: (user) =>
      [...workspace.channels.values(), ...other.channels.values()]
        .flatMap(({ messages }) => messages)
        .filter(({ ephemeralFor }) => ephemeralFor !== null && (user === undefined || ephemeralFor === user)),
    fail(method, how, times = 1) {
      failures.push({ method, how, left: times });
    },
    refuse(method, error, times = 1) {
      failures.push({ method, how: error, left: times });
    },
    outage(on) {
      state.outage = on;
      if (on) {
        sockets.drop();
        server.closeAllConnections();
      }
    },
    get latencyMs() {
      return state.latencyMs;
    },
    set latencyMs(value) {
      state.latencyMs = value;
    },
  };
}

function elementsOf({ blocks }: PostedMessage): readonly Json[] {
  return blocks.flatMap((block) => (Array.isArray(block.elements) ? (block.elements as Json[]) : []));
}

/** What people read on a button, or in a menu. */
function labelOf({ text }: Json): string {
  return typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : '';
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
