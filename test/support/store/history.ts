import type { NewHistoryEntry } from '../../../src/history/history.ts';
import { createHistory } from '../../../src/history/sqlite.ts';
import { storeForTest } from './store.ts';

/** An entry of a terminal conversation, with what a test wants to be different. */
export function entryWith(told: Partial<NewHistoryEntry> = {}): NewHistoryEntry {
  return {
    kind: 'reply',
    conversation: 'terminal:one',
    place: { surface: 'terminal', channel: 'local', direct: true, private: true },
    actor: 'Alice',
    agent: null,
    summary: 'A summary',
    text: null,
    sessionId: null,
    durationMs: null,
    usage: null,
    status: null,
    retried: false,
    ...told,
  };
}

/** A history in a store of its own, and a clock that the test sets. */
export function historyForTest() {
  const store = storeForTest();
  let time = Date.parse('2026-01-01T00:00:00.000Z');
  const history = createHistory(store, () => new Date(time));
  return {
    store,
    history,
    /** Sets the clock to so many seconds after the beginning of 2026. */
    at(seconds: number) {
      time = Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1000;
      return history;
    },
  };
}

/** The moment so many seconds after the beginning of 2026. */
export function second(seconds: number): Date {
  return new Date(Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1000);
}
