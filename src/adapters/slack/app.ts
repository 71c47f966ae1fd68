import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import type { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { readRemoval } from './events.ts';
import { createHttpReceiver, type InstallOptions } from './http.ts';
import { createSlackLogger } from './logger.ts';
import { createSockets } from './sockets.ts';
import { clientOptions } from './web.ts';
import type { Workspace } from './workspace.ts';
import type { Workspaces } from './workspaces.ts';

export type Transport =
  | { readonly mode: 'socket'; readonly appToken: string; readonly connections: number }
  | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number; readonly path: string };

export interface AppOptions {
  readonly workspaces: Pick<Workspaces, 'removed'> & {
    of(team: string): Pick<Workspace, 'hear' | 'interactive'> | null;
  };
  readonly apiUrl: string | null;
  readonly transport: Transport;
  /** Where workspaces install Tutti; null where they do not. */
  readonly install: InstallOptions | null;
  readonly log: Log;
  failed(problem: UserError): void;
}

/** Bolt, set up so that nothing is acknowledged before it is recorded. */
export interface SlackApp {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createApp(options: AppOptions): SlackApp {
  const { log, install, transport } = options;
  const receiver = createReceiver(options);
  // Over sockets, the pages for installing are all that is served over HTTP.
  const pages =
    install === null || transport.mode === 'http' ? null : createHttpReceiver({ log, install, port: install.port });
  const app = new App({
    receiver,
    // Tokens were tried before, and are never Bolt's business: every workspace has a client of its own.
    authorize: async ({ teamId }) => (teamId === undefined ? {} : { teamId }),
    clientOptions: clientOptions(options),
    logger: createSlackLogger(log),
    convoStore: false,
    // Edits of our own messages are not filtered by Bolt; we look at all of them ourselves.
    ignoreSelf: false,
  });
  listen(app, options);
  // What fails is not acknowledged: the receiver is told.
  app.error(async (error) => {
    throw error;
  });
  return {
    async start() {
      await pages?.start();
      await app.start();
    },
    async stop() {
      await app.stop();
      await pages?.stop();
    },
  };
}

/** What comes from a workspace goes to its parts; from one that is not served (any more), nothing is taken. */
function listen(app: App, { workspaces, log }: AppOptions): void {
  const of = ({ teamId = '' }: { readonly teamId?: string }) => {
    const workspace = workspaces.of(teamId);
    if (workspace === null) log.info('something came from a workspace that is not served', { workspace: teamId });
    return workspace;
  };
  app.event(/.*/, async ({ event, context, body }) => {
    const removal = readRemoval(event, body.event_time);
    if (removal !== null) return workspaces.removed(context.teamId ?? '', removal);
    if (event.type === 'message' || event.type === 'app_mention') await of(context)?.hear.message(event);
    else await of(context)?.interactive.event(event);
  });
  app.command(/.*/, async ({ command, context, ack }) => {
    await of(context)?.interactive.command(command);
    await ack();
  });
  app.action(/.*/, async ({ body, context, ack }) => {
    await of(context)?.interactive.action(body);
    await ack();
  });
  app.shortcut(/.*/, async ({ shortcut, context, ack }) => {
    await of(context)?.interactive.shortcut(shortcut);
    await ack();
  });
  app.view(/.*/, async ({ body, view, context, ack }) => {
    const problem = (await of(context)?.interactive.submission(body, view)) ?? null;
    if (problem === null) await ack();
    else await ack({ response_action: 'errors', errors: problem });
  });
}

/** Bolt acknowledges events before anybody has seen them; here it only seems to, until the listeners are through. */
function recording(app: Pick<App, 'processEvent'>): Pick<App, 'processEvent'> {
  return {
    async processEvent(event: ReceiverEvent) {
      if (event.body.type !== 'event_callback') return app.processEvent(event);
      await app.processEvent({ ...event, ack: async () => undefined });
      await event.ack();
    },
  };
}

function createReceiver(options: AppOptions): Receiver {
  const { transport, log, install } = options;
  if (transport.mode === 'http') {
    const receiver = createHttpReceiver({ log, install, port: transport.port, events: transport });
    return { ...receiver, init: (app) => receiver.init(recording(app)) };
  }
  let sockets: ReturnType<typeof createSockets> | null = null;
  return {
    init(app) {
      sockets = createSockets({
        appToken: transport.appToken,
        connections: transport.connections,
        apiUrl: options.apiUrl,
        log,
        app: recording(app),
        failed: options.failed,
      });
    },
    start: async () => sockets?.start(),
    stop: async () => sockets?.stop(),
  };
}
