import type { Json } from './world.ts';

/** The gateway: sessions with a memory, heartbeats, intents, and the ways in which connections end. */
export interface Gateway {
  /** Connections that are alive. */
  readonly connections: number;
  /** Connections with a session that began (READY or RESUMED was sent). */
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
  /** Sends an event to every session, as it is. */
  dispatch(type: string, data: Json): void;
}
