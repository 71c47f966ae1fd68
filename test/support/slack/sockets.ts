import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json } from './workspace.ts';

/** Socket Mode: one-use tickets, hello, envelopes that have to be acknowledged in time, forced disconnects, half-open sockets. */
export interface Sockets {
  /** A path that can be connected to once. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Resolves with what the acknowledgement carries; null where none came in time (and all redeliveries were in vain). */
  deliver(type: 'events_api' | 'slash_commands' | 'interactive', payload: Json): Promise<Acknowledged | null>;
  /** Tells every client to reconnect, as Slack does; its TCP connection lingers. */
  disconnect(reason: 'refresh_requested' | 'warning'): void;
  /** Takes no connection the next times, whatever its ticket. */
  refuse(times: number): void;
  /** Breaks connections off, without a word. */
  drop(): void;
  /** From now on the present connections are dead although they look alive. */
  freeze(): void;
  readonly connections: number;
  /** Redeliveries so far. */
  readonly retries: number;
  close(): void;
}

export interface Acknowledged {
  readonly payload: Json | null;
  readonly afterMs: number;
}

export interface SocketOptions {
  readonly ackMs: number;
  /** Pauses before redeliveries. */
  readonly retryMs: readonly number[];
  readonly lingerMs: number;
}

interface Connection {
  readonly socket: WebSocket;
  frozen: boolean;
  leaving: boolean;
}

export function createSockets(options: SocketOptions): Sockets {
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const tickets = new Set<string>();
  const connections = new Set<Connection>();
  const pending = new Map<string, (payload: Json | null) => void>();
  let next = 0;
  let retries = 0;
  let closed = false;
  let refusals = 0;

  function connected(socket: WebSocket): void {
    const connection: Connection = { socket, frozen: false, leaving: false };
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
    socket.on('error', () => undefined);
    socket.on('ping', (data) => {
      if (!connection.frozen) socket.pong(data);
    });
    socket.on('message', (data) => {
      if (connection.frozen) return;
      const message: Json = JSON.parse(String(data));
      const settle = pending.get(String(message.envelope_id));
      settle?.((message.payload as Json | undefined) ?? null);
    });
    const beat = setInterval(() => {
      if (!connection.frozen) socket.ping();
    }, 5000);
    socket.on('close', () => clearInterval(beat));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.size,
        connection_info: { app_id: 'A0TUTTI' },
        debug_info: { host: 'applink-1', approximate_connection_time: 18_060 },
      }),
    );
  }

  /** Events go to any one of the connections. */
  function choose(): Connection | null {
    const alive = [...connections].filter(({ leaving }) => !leaving);
    next += 1;
    return alive[next % Math.max(1, alive.length)] ?? null;
  }

  async function attempt(envelope: Json): Promise<Acknowledged | null> {
    const connection = choose();
    if (connection === null) return null;
    const started = performance.now();
    const id = String(envelope.envelope_id);
    const answered = Promise.withResolvers<Json | null | 'late'>();
    pending.set(id, answered.resolve);
    if (!connection.frozen) connection.socket.send(JSON.stringify(envelope));
    const timer = setTimeout(() => answered.resolve('late'), options.ackMs);
    const payload = await answered.promise;
    clearTimeout(timer);
    return payload === 'late' ? null : { payload, afterMs: performance.now() - started };
  }

  return {
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `/link?ticket=${ticket}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      const isRefused = refusals > 0;
      if (isRefused) refusals -= 1;
      if (!tickets.delete(ticket) || isRefused || connections.size >= 10) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, connected);
    },
    async deliver(type, payload) {
      // Commands and presses are not repeated: the person sees that nothing came back.
      const pauses = type === 'events_api' ? options.retryMs : [];
      for (let retry = 0; retry <= pauses.length && !closed; retry += 1) {
        if (retry > 0) {
          retries += 1;
          await new Promise((resolve) => setTimeout(resolve, pauses[retry - 1]));
        }
        const acknowledged = await attempt({
          envelope_id: randomUUID(),
          type,
          payload,
          accepts_response_payload: type !== 'events_api',
          ...(type === 'events_api' ? { retry_attempt: retry, retry_reason: retry === 0 ? '' : 'timeout' } : {}),
        });
        if (acknowledged !== null) return acknowledged;
      }
      return null;
    },
    disconnect(reason) {
      for (const connection of connections) {
        connection.leaving = true;
        connection.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
        const { socket } = connection;
        // Slack leaves the client's farewell unanswered for a while.
        socket.pause();
        setTimeout(() => socket.terminate(), options.lingerMs).unref();
      }
    },
    refuse(times) {
      refusals = times;
    },
    drop() {
      for (const { socket } of connections) socket.terminate();
    },
    freeze() {
      for (const connection of connections) connection.frozen = true;
    },
    get connections() {
      return [...connections].filter(({ leaving, frozen }) => !leaving && !frozen).length;
    },
    get retries() {
      return retries;
    },
    close() {
      closed = true;
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
}
