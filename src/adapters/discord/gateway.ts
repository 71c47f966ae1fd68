import { Client, Events, GatewayDispatchEvents, GatewayIntentBits, Options } from 'discord.js';
import { messageOf, UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { closeProblem, outcomeOf, tokenProblem } from './outcome.ts';
import { type RestOptions, restOptions } from './rest.ts';

/** What is done with what the gateway brings. All of it may fail: then it is logged, and nothing else happens. */
export interface GatewayPort {
  /** A session that begins anew, with the servers that we are in. */
  began(guilds: readonly unknown[]): Promise<void>;
  /** A server with all its channels and threads, at the beginning of a session or when it is there (again). */
  guild(data: unknown): Promise<void>;
  /** A server is gone, maybe for a while. */
  away(data: unknown): Promise<void>;
  message(data: unknown): Promise<void>;
  edited(data: unknown): Promise<void>;
  deleted(data: unknown): Promise<void>;
  interaction(data: unknown): Promise<void>;
}

export interface GatewayOptions extends RestOptions {
  readonly client: Client;
  readonly port: GatewayPort;
  /** The gateway does not want us any more. */
  failed(problem: UserError): void;
}

/** The connection by which Discord tells what happens. */
export interface Gateway {
  /** Resolves when the first session stands. Rejects with the UserError that says why none can. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const readyMs = 60_000;

/** The client that keeps the connection. What is posted goes through clients of our own. */
export function createClient({ apiUrl }: Pick<RestOptions, 'apiUrl'>, readsContent: boolean): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(readsContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    // What it asks for itself may be asked again.
    rest: { ...restOptions({ apiUrl }), retries: 3 },
    // Nothing is posted through this client; if ever something is, it notifies nobody and stands there once.
    allowedMentions: { parse: [] },
    enforceNonce: true,
    // Messages are read as they come, and not kept: ids stand in our own records.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
    }),
  });
}

export function createGateway(options: GatewayOptions): Gateway {
  const { client, port, log } = options;
  outlive(client, log);
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => undefined);
  let began = Promise.resolve();
  let failure: UserError | null = null;

  function fail(problem: UserError): void {
    if (failure !== null) return;
    failure = problem;
    first.reject(problem);
    options.failed(problem);
  }

  /** A listener that throws would end the process: discord.js makes an `error` event of it at best. */
  function on(type: GatewayDispatchEvents, what: string, work: (data: unknown) => Promise<void>): void {
    client.ws.on(type, (data: unknown) => {
      work(data).catch((error: unknown) => logFailure(log, what, error));
    });
  }

  // The packets themselves: discord.js drops messages of threads that it has forgotten.
  client.ws.on(GatewayDispatchEvents.Ready, (data: { readonly guilds?: readonly unknown[] }) => {
    began = port.began(data.guilds ?? []);
    began.catch((error: unknown) => (error instanceof UserError ? fail(error) : logFailure(log, 'a session', error)));
  });
  on(GatewayDispatchEvents.GuildCreate, 'a server', port.guild);
  on(GatewayDispatchEvents.GuildDelete, 'a server', port.away);
  on(GatewayDispatchEvents.MessageCreate, 'a message', port.message);
  on(GatewayDispatchEvents.MessageUpdate, 'an edit', port.edited);
  on(GatewayDispatchEvents.MessageDelete, 'a deletion', port.deleted);
  on(GatewayDispatchEvents.MessageDeleteBulk, 'a deletion', port.deleted);
  on(GatewayDispatchEvents.InteractionCreate, 'an interaction', port.interaction);

  client.once(Events.ClientReady, () => void began.then(first.resolve, first.reject));
  client.on(Events.Error, (error) => logFailure(log, 'the connection', error));
  client.on(Events.Warn, (message) => log.info(message));
  client.on(Events.ShardError, (error) => log.info('the connection to Discord failed', { reason: messageOf(error) }));
  client.on(Events.ShardReconnecting, () => log.info('Discord is being connected to again'));
  client.on(Events.ShardDisconnect, ({ code }) => fail(closeProblem(code) ?? ended(`it closed with ${code}`)));
  client.on(Events.Invalidated, () => fail(ended('the session was taken away')));

  return {
    async start() {
      client.login(options.token).catch((error: unknown) => {
        const outcome = outcomeOf(error);
        const isToken = outcome.kind === 'signed-out' || messageOf(error).includes('invalid token');
        fail(isToken ? tokenProblem('401') : unreachable(messageOf(error)));
      });
      const late = setTimeout(() => fail(unreachable('its gateway does not answer')), readyMs);
      try {
        await first.promise;
      } finally {
        clearTimeout(late);
      }
    },
    async stop() {
      await client.destroy().catch(() => undefined);
    },
  };
}

/** discord.js reads every packet for itself as well, and one that it cannot read would end the process. */
function outlive({ ws }: Client, log: Log): void {
  const read: unknown = Reflect.get(ws, 'handlePacket');
  if (typeof read !== 'function') return;
  Reflect.set(ws, 'handlePacket', (...packet: readonly unknown[]): unknown => {
    try {
      return Reflect.apply(read, ws, packet);
    } catch (error) {
      log.info('discord.js cannot read a packet', { reason: messageOf(error) });
      return false;
    }
  });
}

function logFailure(log: Log, what: string, error: unknown): void {
  // An error of Discord's carries addresses, and some of those carry tokens.
  log.error(`${what} of Discord could not be dealt with`, { reason: messageOf(error) });
}

function ended(why: string): UserError {
  return new UserError('discord-ended', `Discord has ended the connection: ${why}.`, { hint: 'Start again.' });
}

function unreachable(why: string): UserError {
  return new UserError('discord-unreachable', `Discord cannot be reached: ${why.replace(/\.$/, '')}.`, {
    hint: 'Look at the network and at $DISCORD_API_URL, then start again.',
  });
}
