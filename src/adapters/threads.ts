import type { SurfaceRecords } from './adapter.ts';

/** A thread that a question opened. */
export interface Thread {
  readonly conversation: string;
  /** Somebody said something since that was not taken. */
  readonly heardOthers: boolean;
  /** People have been talking among themselves since Tutti last spoke. */
  readonly amongPeople: boolean;
  /** The platform's ids of the newest messages that were taken. */
  readonly taken: readonly string[];
}

/** Threads by the surface's key of them; durable, so that a follow-up after a restart finds its conversation. */
export interface Threads {
  get(key: string): Promise<Thread | null>;
  /** A message was taken. */
  taken(key: string, conversation: string, message: string): Promise<void>;
  /** Something was said that is not taken: context for the next question. What programs post is no talk among people. */
  heard(key: string, byPerson: boolean): Promise<void>;
  /** Tutti answered. */
  answered(key: string): Promise<void>;
}

const newest = 50;

export function createThreads(records: SurfaceRecords<Thread>): Threads {
  const lines = new Map<string, Promise<unknown>>();

  /** Changes of one thread, one after another. */
  function change(key: string, update: (before: Thread | null) => Thread | null): Promise<void> {
    const work = (lines.get(key) ?? Promise.resolve()).then(async () => {
      const before = (await records.get(key)) ?? null;
      const after = update(before);
      if (after !== null && after !== before) await records.set(key, after);
    });
    const settled = work.catch(() => undefined);
    lines.set(key, settled);
    settled.finally(() => {
      if (lines.get(key) === settled) lines.delete(key);
    });
    return work;
  }

  return {
    get: async (key) => (await records.get(key)) ?? null,
    taken: (key, conversation, message) =>
      change(key, (before) => ({
        conversation: before?.conversation ?? conversation,
        heardOthers: false,
        amongPeople: false,
        taken: [...(before?.taken ?? []).filter((one) => one !== message), message].slice(-newest),
      })),
    heard: (key, byPerson) =>
      change(key, (before) => {
        if (before === null) return null;
        const amongPeople = before.amongPeople || byPerson;
        const isKnown = before.heardOthers && before.amongPeople === amongPeople;
        return isKnown ? before : { ...before, amongPeople, heardOthers: true };
      }),
    answered: (key) =>
      change(key, (before) => (before === null || !before.amongPeople ? before : { ...before, amongPeople: false })),
  };
}
