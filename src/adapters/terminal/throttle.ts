import type { TurnEvent } from '../adapter.ts';

/** Decides which events a reader of lines gets: of one agent's activity at most one in a quarter of a second, never the same twice. */
export interface Throttle {
  passes(event: TurnEvent, now: number): boolean;
}

const pauseMs = 250;

export function createThrottle(): Throttle {
  const last = new Map<string, { readonly at: number; readonly said: string }>();
  return {
    passes(event, now) {
      if (event.type !== 'ask_progress') return true;
      const before = last.get(event.agent);
      const said = `${event.activity} ${event.tokens}`;
      if (before !== undefined && (now - before.at < pauseMs || before.said === said)) return false;
      last.set(event.agent, { at: now, said });
      return true;
    },
  };
}
