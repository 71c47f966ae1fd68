/** Time as the runtime sees it: instants for records, a monotonic count of milliseconds for spans and deadlines. */
export interface Clock {
  now(): Date;
  monotonic(): number;
}

export const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() };
