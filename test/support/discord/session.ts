import type { Json } from './world.ts';

/** A gateway session: its events are numbered and kept, so that they can be replayed to the connection that resumes it. */
export interface Session<T> {
  readonly id: string;
  readonly intents: number;
  readonly sequence: number;
  join(connection: T): void;
  leave(connection: T): void;
  push(event: SessionEvent): void;
  /** Sends what came after this number once more. */
  replay(after: number): void;
}

export interface SessionEvent {
  readonly type: string;
  readonly data: Json;
}

export function createSession<T>(
  id: string,
  intents: number,
  send: (connection: T, payload: Json) => void,
): Session<T> {
  const kept: Json[] = [];
  let current: T | null = null;
  return {
    id,
    intents,
    get sequence() {
      return kept.length;
    },
    join(connection) {
      current = connection;
    },
    leave(connection) {
      if (current === connection) current = null;
    },
    push({ type, data }) {
      const payload = { op: 0, s: kept.length + 1, t: type, d: data };
      kept.push(payload);
      if (current !== null) send(current, payload);
    },
    replay(after) {
      if (current !== null) for (const payload of kept.slice(after)) send(current, payload);
    },
  };
}
