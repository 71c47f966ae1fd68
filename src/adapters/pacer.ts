export interface PacerOptions {
  /** Between two edits, whatever they are of, in milliseconds. */
  readonly intervalMs: number;
  /** Between two edits of one thing. */
  readonly perKeyMs: number;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** Edits that may be left out when a newer one comes: a platform takes only so many in a minute. */
export interface Pacer {
  /** Does the newest edit of a key when its time has come; resolves when this one was done or replaced. An `urgent` one waits for no interval of its own key. */
  submit(key: string, edit: () => Promise<void>, options?: { readonly urgent?: boolean }): Promise<void>;
}

interface Pending {
  readonly edit: () => Promise<void>;
  readonly urgent: boolean;
  readonly resolve: () => void;
}

export function createPacer({ intervalMs, perKeyMs, clock }: PacerOptions): Pacer {
  const pending = new Map<string, Pending>();
  const last = new Map<string, number>();
  let lastAny = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let busy = false;

  function dueAt(key: string, { urgent }: Pending): number {
    const own = urgent ? Number.NEGATIVE_INFINITY : (last.get(key) ?? Number.NEGATIVE_INFINITY) + perKeyMs;
    return Math.max(lastAny + intervalMs, own);
  }

  /** Urgent ones first, then whichever is due first. */
  function nextUp(): { readonly key: string; readonly job: Pending; readonly at: number } | null {
    const jobs = [...pending].map(([key, job]) => ({ key, job, at: dueAt(key, job) }));
    jobs.sort((one, other) => one.at - other.at || Number(other.job.urgent) - Number(one.job.urgent));
    return jobs[0] ?? null;
  }

  function schedule(): void {
    if (busy) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = nextUp();
    if (next === null) return;
    timer = setTimeout(() => void work(next.key, next.job), Math.max(0, next.at - clock()));
    timer.unref();
  }

  async function work(key: string, job: Pending): Promise<void> {
    busy = true;
    pending.delete(key);
    await job.edit().catch(() => undefined);
    lastAny = clock();
    last.set(key, lastAny);
    for (const [known, at] of last) if (lastAny - at > perKeyMs) last.delete(known);
    busy = false;
    job.resolve();
    schedule();
  }

  return {
    submit(key, edit, options = {}) {
      const { promise, resolve } = Promise.withResolvers<void>();
      pending.get(key)?.resolve();
      pending.set(key, { edit, urgent: options.urgent ?? false, resolve });
      schedule();
      return promise;
    },
  };
}
