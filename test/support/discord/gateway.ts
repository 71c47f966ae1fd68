import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { knownIntents, privilegedIntents } from './intents.ts';
import { object, text } from './json.ts';
import { createSession, type Session, type SessionEvent } from './session.ts';
import type { Json } from './world.ts';

/** The gateway: sessions with a memory, heartbeats, intents, and the ways in which connections end. */
export interface Gateway {
  /** Connections that are alive. */
  readonly connections: number;
  /** Connections whose session began or was resumed. */
  readonly ready: number;
  readonly identifies: number;
  readonly resumes: number;
  /** Tells every client to reconnect and resume (op 7). */
  reconnect(): void;
  /** Invalidates the sessions (op 9). */
  invalidate(resumable: boolean): void;
  close(code: number): void;
  /** Breaks connections off, without a word. */
  drop(): void;
  /** From now on the present connections are dead although they look alive. */
  freeze(): void;
  /** Sends the last event of this kind once more. */
  redeliver(type: string): void;
  /** While it is on, events are kept back; they are sent in order afterwards. */
  hold(on: boolean): void;
  /** Sends an event to every session that asked for one of these intents; to all where there are none. */
  dispatch(type: string, data: Json, options?: DispatchOptions): void;
}

export interface DispatchOptions {
  readonly intents?: number;
  /** What a session gets that did not ask for the content of messages. */
  readonly withoutContent?: Json;
}

export interface GatewayOptions {
  readonly heartbeatMs: number;
  /** Null once it was revoked. */
  token(): string | null;
  readonly messageContent: boolean;
  ready(): Json;
  guild(): Json;
}

export interface GatewayServer extends Gateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  shutDown(): void;
}

interface Connection {
  readonly socket: WebSocket;
  session: Session<Connection> | null;
  frozen: boolean;
  /** When the client sent something, within the last minute. */
  received: number[];
}

/** A session is over after these; after the others it can be resumed. */
const endsSession: ReadonlySet<number> = new Set([1000, 1001, 4004, 4010, 4011, 4012, 4013, 4014]);
const longestPayload = 4096;
const sendsPerMinute = 120;

export function createGateway(options: GatewayOptions): GatewayServer {
  const server = new WebSocketServer({ noServer: true });
  const connections = new Set<Connection>();
  const sessions = new Map<string, Session<Connection>>();
  const last = new Map<string, SessionEvent & DispatchOptions>();
  const counts = { identifies: 0, resumes: 0 };
  let held: (() => void)[] | null = null;

  function send(connection: Connection, payload: Json): void {
    if (!connection.frozen && connection.socket.readyState === connection.socket.OPEN)
      connection.socket.send(JSON.stringify(payload));
  }

  function connected(socket: WebSocket): void {
    const connection: Connection = { socket, session: null, frozen: false, received: [] };
    connections.add(connection);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connections.delete(connection);
      connection.session?.leave(connection);
    });
    socket.on('message', (raw) => {
      const code = connection.frozen ? null : receive(connection, String(raw));
      if (code !== null) socket.close(code);
    });
    send(connection, { op: 10, d: { heartbeat_interval: options.heartbeatMs } });
  }

  /** What to close the connection with; null where it goes on. */
  function receive(connection: Connection, raw: string): number | null {
    const now = performance.now();
    connection.received = [...connection.received.filter((at) => now - at < 60_000), now];
    if (raw.length > longestPayload) return 4002;
    if (connection.received.length > sendsPerMinute) return 4008;
    const payload: Json = JSON.parse(raw);
    switch (payload.op) {
      case 1:
        send(connection, { op: 11 });
        return null;
      case 2:
        return identify(connection, object(payload.d));
      case 6:
        return resume(connection, object(payload.d));
      case 3:
      case 4:
      case 8:
        return connection.session === null ? 4003 : null;
      default:
        return 4001;
    }
  }

  function identify(connection: Connection, data: Json): number | null {
    counts.identifies += 1;
    const intents = Number(data.intents);
    if (connection.session !== null) return 4005;
    if (data.token !== options.token()) return 4004;
    if (!Number.isInteger(intents) || (intents & ~knownIntents) !== 0) return 4013;
    const allowed = options.messageContent ? privilegedIntents.messageContent : 0;
    if ((intents & privilegedIntents.all & ~allowed) !== 0) return 4014;
    const session = createSession(randomUUID().replaceAll('-', ''), intents, send);
    sessions.set(session.id, session);
    connection.session = session;
    session.join(connection);
    session.push({ type: 'READY', data: { ...options.ready(), session_id: session.id, shard: data.shard ?? [0, 1] } });
    if ((intents & 1) !== 0) session.push({ type: 'GUILD_CREATE', data: options.guild() });
    return null;
  }

  function resume(connection: Connection, data: Json): number | null {
    if (data.token !== options.token()) return 4004;
    const session = sessions.get(text(data.session_id));
    if (session === undefined) {
      send(connection, { op: 9, d: false });
      return null;
    }
    if (Number(data.seq) > session.sequence) return 4007;
    counts.resumes += 1;
    connection.session = session;
    session.join(connection);
    session.replay(Number(data.seq));
    session.push({ type: 'RESUMED', data: {} });
    return null;
  }

  function deliver(event: SessionEvent & DispatchOptions): void {
    for (const session of sessions.values()) {
      if (event.intents !== undefined && (session.intents & event.intents) === 0) continue;
      const hasContent = (session.intents & privilegedIntents.messageContent) !== 0;
      session.push({ type: event.type, data: hasContent ? event.data : (event.withoutContent ?? event.data) });
    }
  }

  function forget(connection: Connection): void {
    if (connection.session !== null) sessions.delete(connection.session.id);
    connection.session = null;
  }

  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, connected),
    get connections() {
      return [...connections].filter(({ frozen }) => !frozen).length;
    },
    get ready() {
      return [...connections].filter(({ frozen, session }) => !frozen && session !== null).length;
    },
    get identifies() {
      return counts.identifies;
    },
    get resumes() {
      return counts.resumes;
    },
    reconnect() {
      for (const connection of connections) send(connection, { op: 7, d: null });
    },
    invalidate(resumable) {
      for (const connection of connections) {
        if (!resumable) forget(connection);
        send(connection, { op: 9, d: resumable });
      }
    },
    close(code) {
      for (const connection of connections) {
        if (endsSession.has(code)) forget(connection);
        connection.socket.close(code);
      }
    },
    drop() {
      for (const { socket } of connections) socket.terminate();
    },
    freeze() {
      for (const connection of connections) connection.frozen = true;
    },
    redeliver(type) {
      const event = last.get(type);
      if (event === undefined) throw new Error(`No ${type} was sent yet.`);
      deliver(event);
    },
    hold(on) {
      const waiting = held ?? [];
      held = on ? waiting : null;
      if (!on) for (const one of waiting) one();
    },
    dispatch(type, data, how = {}) {
      const event = { type, data, ...how };
      last.set(type, event);
      if (held === null) deliver(event);
      else held.push(() => deliver(event));
    },
    shutDown() {
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
}
