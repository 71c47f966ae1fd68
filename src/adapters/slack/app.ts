import { App, HTTPReceiver, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Hear } from './hear.ts';
import type { Interactive } from './interactive.ts';
import { createSlackLogger } from './logger.ts';
import { createSockets } from './sockets.ts';
import { clientOptions, type SlackWeb } from './web.ts';

export type Transport =
  | { readonly mode: 'socket'; readonly appToken: string; readonly connections: number }
  | { readonly mode: 'http'; readonly signingSecret: string; readonly port: number; readonly path: string };

export interface AppOptions {
  readonly web: SlackWeb;
  readonly apiUrl: string | null;
  readonly transport: Transport;
  readonly log: Log;
  readonly hear: Pick<Hear, 'message'>;
  readonly interactive: Interactive;
  failed(problem: UserError): void;
}

/** Bolt, set up so that nothing is acknowledged before it is recorded. */
export interface SlackApp {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createApp(options: AppOptions): SlackApp {
  const { web, log } = options;
  const receiver = createReceiver(options);
  const app = new App({
    receiver,
    // The token was tried before: Bolt would do so in a promise that nobody waits for.
    authorize: async () => ({
      botToken: web.token,
      botId: web.identity.botId,
      botUserId: web.identity.userId,
      teamId: web.identity.team,
    }),
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
      await app.start();
    },
    async stop() {
      await app.stop();
    },
  };
}

function listen(app: App, { hear, interactive }: AppOptions): void {
  app.event(/.*/, async ({ event }) => {
    if (event.type === 'message' || event.type === 'app_mention') await hear.message(event);
    else await interactive.event(event);
  });
  app.command(/.*/, async ({ command, ack }) => {
    await interactive.command(command);
    await ack();
  });
  app.action(/.*/, async ({ body, ack }) => {
    await interactive.action(body);
    await ack();
  });
  app.shortcut(/.*/, async ({ shortcut, ack }) => {
    await interactive.shortcut(shortcut);
    await ack();
  });
  app.view(/.*/, async ({ body, view, ack }) => {
    const problem = await interactive.submission(body, view);
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
  const { transport, log } = options;
  if (transport.mode === 'http') return createHttpReceiver(options, transport);
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

function createHttpReceiver(options: AppOptions, transport: Extract<Transport, { mode: 'http' }>): Receiver {
  const receiver = new HTTPReceiver({
    signingSecret: transport.signingSecret,
    endpoints: [transport.path],
    port: transport.port,
    logger: createSlackLogger(options.log),
  });
  return {
    init: (app) => receiver.init(recording(app) as App),
    async start() {
      await receiver.start(transport.port).catch((error: unknown) => {
        const inUse = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
        if (!inUse) throw error;
        throw new UserError('slack-port', `Port ${transport.port} is taken already.`, {
          hint: 'Set another under surfaces.slack.port, and the same in the app’s request URLs.',
          exit: 2,
        });
      });
    },
    stop: () => receiver.stop(),
  };
}
