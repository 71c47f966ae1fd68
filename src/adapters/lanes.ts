import { setTimeout as wait } from 'node:timers/promises';

export interface LaneOptions {
  /** Between the end of one piece of work and the beginning of the next in a lane, in milliseconds. */
  readonly intervalMs: number;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** Work in order, by lane: a platform takes only so many posts in a channel, and in the order in which they come. */
export interface Lanes {
  /** Begins when all earlier work of the lane has ended and the interval is over. Rejects as the work does, or when the signal aborts. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
}

interface Lane {
  tail: Promise<unknown>;
  waiting: number;
  endedAt: number;
}

export function createLanes({ intervalMs, signal, clock }: LaneOptions): Lanes {
  const lanes = new Map<string, Lane>();

  /** There are as many lanes as conversations in all the time: those that are still are forgotten. */
  function forgetStill(): void {
    for (const [name, { waiting, endedAt }] of lanes)
      if (waiting === 0 && clock() - endedAt >= intervalMs) lanes.delete(name);
  }

  return {
    run(name, work) {
      const lane = lanes.get(name) ?? { tail: Promise.resolve(), waiting: 0, endedAt: Number.NEGATIVE_INFINITY };
      lanes.set(name, lane);
      lane.waiting += 1;
      const done = lane.tail.then(async () => {
        try {
          const left = lane.endedAt + intervalMs - clock();
          if (left > 0) await wait(left, undefined, { signal });
          signal.throwIfAborted();
          return await work();
        } finally {
          lane.endedAt = clock();
          lane.waiting -= 1;
          forgetStill();
        }
      });
      lane.tail = done.catch(() => undefined);
      return done;
    },
  };
}
