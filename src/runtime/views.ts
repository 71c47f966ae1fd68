import type { TurnEvent } from '../adapters/adapter.ts';
import type { Clock } from './clock.ts';

/** One agent of a running turn, as `/status` shows it. */
export interface AskView {
  readonly agent: string;
  readonly status: string;
  readonly activity: string | null;
  readonly durationMs: number | null;
}

/** What running turns of this process are doing, followed through their events; other processes' turns are known from the ledger alone. */
export interface Views {
  observe(turnId: string, event: TurnEvent): void;
  /** Null where the turn is not running in this process. */
  asks(turnId: string): readonly AskView[] | null;
  forget(turnId: string): void;
}

interface Live {
  readonly status: string;
  readonly activity: string | null;
  readonly since: number;
  readonly durationMs: number | null;
}

export function createViews(clock: Pick<Clock, 'monotonic'>): Views {
  const turns = new Map<string, Map<string, Live>>();

  function change(turnId: string, agent: string, live: Live): void {
    const asks = turns.get(turnId) ?? new Map<string, Live>();
    turns.set(turnId, asks.set(agent, live));
  }

  return {
    observe(turnId, event) {
      const before = 'agent' in event ? turns.get(turnId)?.get(event.agent) : undefined;
      const since = before?.since ?? clock.monotonic();
      if (event.type === 'ask_start') {
        const activity = event.waitsFor.length > 0 ? `waits for ${event.waitsFor.join(', ')}` : null;
        change(turnId, event.agent, { status: 'asking', activity, since: clock.monotonic(), durationMs: null });
      } else if (event.type === 'ask_progress') {
        change(turnId, event.agent, { status: 'asking', activity: event.activity, since, durationMs: null });
      } else if (event.type === 'ask_end') {
        change(turnId, event.agent, { status: event.status, activity: null, since, durationMs: event.durationMs });
      }
    },
    asks(turnId) {
      const asks = turns.get(turnId);
      if (asks === undefined) return null;
      return [...asks].map(([agent, { status, activity, since, durationMs }]) => ({
        agent,
        status,
        activity,
        durationMs: durationMs ?? Math.round(clock.monotonic() - since),
      }));
    },
    forget(turnId) {
      turns.delete(turnId);
    },
  };
}
