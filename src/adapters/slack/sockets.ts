import { setTimeout as wait } from 'node:timers/promises';
import { type App, SocketModeReceiver } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { createSlackLogger } from './logger.ts';
import { outcomeOf, tokenProblem } from './outcome.ts';
import { clientOptions } from './web.ts';

export interface SocketsOptions {
  readonly appToken: string;
  readonly apiUrl: string | null;
  readonly log: Log;
  /** How many connections stand side by side, so that one can be renewed while another hears. */
  readonly connections: number;
  /** Takes an event; it is acknowledged when this resolves. */
  readonly app: Pick<App, 'processEvent'>;
  failed(problem: UserError): void;
}

/** Socket Mode without gaps: several connections, each replaced as soon as it is told to go, or is silent. */
export interface Sockets {
  /** Resolves when the first connection stands. Rejects with the UserError that says why none can. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const helloMs = 10_000;
const backoffMs = [0, 250, 500, 1000, 2000, 5000];
/** Time to acknowledge what a connection heard before it was told to go. */
const lingerMs = 4_000;

export function createSockets(options: SocketsOptions): Sockets {
  const { log } = options;
  const ending = new AbortController();
  const open = new Set<SocketModeReceiver>();

  /** One connection, from hello to its end; `replace` is called once, when it will hear nothing more. */
  async function connect(replace: () => void): Promise<void> {
    const receiver = new SocketModeReceiver({
      appToken: options.appToken,
      autoReconnectEnabled: false,
      logger: createSlackLogger(log),
      installerOptions: { clientOptions: clientOptions(options) },
    });
    receiver.init(options.app as App);
    let stands = false;
    let isOver = false;
    /** One that never stood is not replaced: whoever wanted it tries again. */
    const over = () => {
      if (isOver) return;
      isOver = true;
      if (stands) replace();
    };
    const { client } = receiver;
    // Slack announces the end of a connection: its successor is there before it is gone.
    client.on('ws_message', (data: unknown) => {
      if (typeof data === 'string' && isDisconnect(data)) over();
    });
    client.on('close', over);
    client.on('disconnected', () => {
      open.delete(receiver);
      over();
    });
    open.add(receiver);
    try {
      await inTime(receiver.start());
      stands = true;
      if (isOver) throw new Error('it was closed at once');
    } catch (error) {
      open.delete(receiver);
      isOver = true;
      void receiver.stop().catch(() => undefined);
      throw error;
    }
  }

  /** Keeps one connection up. Rejects only when the token does not serve. */
  async function keep(): Promise<void> {
    for (let attempt = 0; !ending.signal.aborted; attempt += 1) {
      const pause = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 0;
      if (pause > 0) await wait(pause, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      try {
        return await connect(() => void keepOrFail());
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome.kind === 'signed-out' || outcome.kind === 'refused')
          throw tokenProblem(outcome.code, 'SLACK_APP_TOKEN');
        log.info('Slack could not be connected to', { reason: 'message' in outcome ? outcome.message : outcome.kind });
        if (outcome.kind === 'limited')
          await wait(outcome.afterMs, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  }

  function keepOrFail(): Promise<void> {
    return keep().catch((error: unknown) => {
      if (error instanceof UserError) options.failed(error);
    });
  }

  return {
    async start() {
      await keep();
      for (let more = 1; more < options.connections; more += 1) void keepOrFail();
    },
    async stop() {
      ending.abort();
      await Promise.all(
        [...open].map((receiver) => Promise.race([receiver.stop(), wait(lingerMs, undefined, { ref: false })])),
      );
    },
  };
}

function isDisconnect(data: string): boolean {
  if (!data.includes('"disconnect"')) return false;
  try {
    return JSON.parse(data).type === 'disconnect';
  } catch {
    return false;
  }
}

async function inTime<T>(started: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no hello in time')), helloMs);
  });
  try {
    return await Promise.race([started, late]);
  } finally {
    clearTimeout(timer);
  }
}
