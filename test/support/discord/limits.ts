/** The limits on traffic, with the headers that tell them. */
export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

export interface LimitOptions {
  /** Messages into a channel; 5 in 5 s when absent. */
  readonly create?: Limit;
  /** Edits in a channel; 5 in 5 s when absent. */
  readonly edit?: Limit;
  /** Edits of old messages in a channel, which no header tells; 3 in 20 s when absent. */
  readonly oldEdit?: Limit;
  /** Deletes in a channel; 5 in 1 s when absent. */
  readonly delete?: Limit;
  /** Reactions in a channel; 1 in 250 ms when absent. */
  readonly reaction?: Limit;
  /** Typing in a channel; 5 in 5 s when absent. */
  readonly typing?: Limit;
  /** Calls of one webhook; 5 in 2 s when absent. */
  readonly webhook?: Limit;
  /** New names for a channel or thread, which no header tells; 2 in 10 minutes when absent. */
  readonly rename?: Limit;
  /** All calls of the bot; 50 in 1 s when absent. */
  readonly global?: Limit;
}

export type LimitName = keyof LimitOptions;

const real: Required<LimitOptions> = {
  create: { count: 5, perMs: 5000 },
  edit: { count: 5, perMs: 5000 },
  oldEdit: { count: 3, perMs: 20_000 },
  delete: { count: 5, perMs: 1000 },
  reaction: { count: 1, perMs: 250 },
  typing: { count: 5, perMs: 5000 },
  webhook: { count: 5, perMs: 2000 },
  rename: { count: 2, perMs: 600_000 },
  global: { count: 50, perMs: 1000 },
};

const fast: Limit = { count: 1000, perMs: 1000 };

/** What a call used up of a limit; `waitMs` where it was too much. */
export interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  readonly waitMs: number | null;
}

export interface RateLimiter {
  /** Counts a call under a limit; `key` is the channel or webhook. */
  take(name: LimitName, key: string): Taken;
}

export function createRateLimiter(options: 'fast' | LimitOptions): RateLimiter {
  const windows = new Map<string, { used: number; readonly endsAt: number }>();
  const limitOf = (name: LimitName): Limit =>
    options === 'fast' ? (name === 'rename' ? real.rename : fast) : (options[name] ?? real[name]);
  return {
    take(name, key) {
      const limit = limitOf(name);
      const now = Date.now();
      const id = `${name}:${key}`;
      const open = windows.get(id);
      const window = open === undefined || open.endsAt <= now ? { used: 0, endsAt: now + limit.perMs } : open;
      windows.set(id, window);
      const isOver = window.used >= limit.count;
      if (!isOver) window.used += 1;
      const leftMs = window.endsAt - now;
      return {
        headers: {
          'x-ratelimit-limit': String(limit.count),
          'x-ratelimit-remaining': String(limit.count - window.used),
          'x-ratelimit-reset': (window.endsAt / 1000).toFixed(3),
          'x-ratelimit-reset-after': (leftMs / 1000).toFixed(3),
          'x-ratelimit-bucket': `bucket-${name}`,
        },
        waitMs: isOver ? leftMs : null,
      };
    },
  };
}
