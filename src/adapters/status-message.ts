import type { SurfaceRecords } from './adapter.ts';
import type { Outcome } from './outcome.ts';
import type { Pacer } from './pacer.ts';
import type { StatusView } from './turn-display.ts';

/** Where a turn's status message stands; without a ts (the platform's id of it), it may have been posted. */
export interface StatusRecord {
  readonly channel: string;
  readonly ts: string | null;
  /** Milliseconds since 1970. */
  readonly at?: number;
}

/** Where a message stands. */
export interface Standing {
  readonly channel: string;
  readonly ts: string;
}

export interface StatusPort {
  /** Posts it, once also over restarts (`again`: it may stand there already); null where it cannot. `part` tells renewed ones apart. */
  post(view: StatusView, options: { readonly part: string; readonly again: boolean }): Promise<Standing | null>;
  /** In one attempt. */
  edit(at: Standing, view: StatusView): Promise<void>;
  remove?(at: Standing): Promise<void>;
  outcomeOf(error: unknown): Outcome;
}

export interface StatusOptions {
  readonly port: StatusPort;
  readonly pacer: Pacer;
  readonly records: SurfaceRecords<StatusRecord>;
  /** The message that the turn answers. */
  readonly key: string;
  /** A message older than this is replaced by a new one instead of being edited, in milliseconds; never when absent. */
  readonly renewMs?: number;
  now(): number;
}

/** The one status message of a turn: posted with the first view, edited, and closed even where an earlier process posted it. */
export interface StatusMessage {
  show(view: StatusView): void;
}

interface Posted {
  readonly at: (Standing & { readonly since: number }) | null;
  readonly isNew: boolean;
}

const keptMs = 30 * 86_400_000;
const closingAttempts = 5;
const nowhere: Posted = { at: null, isNew: false };

export function createStatusMessage(options: StatusOptions): StatusMessage {
  const { port, pacer, records, key, renewMs = Number.POSITIVE_INFINITY } = options;
  let latest: StatusView | null = null;
  let posted: Promise<Posted> | null = null;
  let renewed = 0;

  async function post(view: StatusView): Promise<Posted> {
    const before = await records.get(key);
    if (before !== undefined && before.ts !== null)
      return { at: { channel: before.channel, ts: before.ts, since: before.at ?? options.now() }, isNew: false };
    // A view that is closed already is worth a message only where there is one.
    if (view.closed && before === undefined) return nowhere;
    await records.set(key, { channel: '', ts: null }, { ttl: keptMs });
    return { at: await stand(view, 'status', before !== undefined), isNew: before === undefined };
  }

  async function stand(view: StatusView, part: string, again: boolean): Promise<Posted['at']> {
    const at = await port.post(view, { part: `${part}-${key}`, again });
    if (at === null) return null;
    const since = options.now();
    await records.set(key, { ...at, at: since }, { ttl: keptMs });
    return { ...at, since };
  }

  async function edit(): Promise<void> {
    const view = latest;
    const at = (await posted)?.at ?? null;
    if (view === null || at === null) return;
    if (!view.closed && options.now() - at.since > renewMs) return renew(view, at);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await port.edit(at, view);
        if (view.closed) await records.delete(key);
        return;
      } catch (error) {
        const outcome = port.outcomeOf(error);
        const again = outcome.kind === 'limited' || (outcome.kind === 'unsure' && view.closed);
        if (!again || attempt >= closingAttempts) return;
        await new Promise((resolve) =>
          setTimeout(resolve, outcome.kind === 'limited' ? outcome.afterMs : attempt * 1000).unref(),
        );
      }
    }
  }

  /** Platforms take fewer edits of old messages: a new one goes on, and the old one goes. */
  async function renew(view: StatusView, old: Standing): Promise<void> {
    renewed += 1;
    const at = await stand(view, `status-${renewed}`, false);
    if (at === null) return;
    posted = Promise.resolve({ at, isNew: false });
    await port.remove?.(old).catch(() => undefined);
  }

  return {
    show(view) {
      latest = view;
      const isFirst = posted === null;
      posted ??= post(view).catch(() => nowhere);
      void posted.then(({ at, isNew }) => {
        // What was posted just now shows this view already.
        if (at === null || (isFirst && isNew && !view.closed)) return;
        return pacer.submit(key, edit, { urgent: view.closed });
      });
    },
  };
}

/** Closes what a process left open that died after it had answered: nobody else does. */
export async function closeLeft(
  { port, records }: Pick<StatusOptions, 'records'> & { readonly port: Pick<StatusPort, 'edit'> },
  isOurs: (key: string) => boolean,
): Promise<void> {
  const left: (readonly [string, StatusRecord])[] = [];
  for await (const entry of records.entries()) left.push(entry);
  for (const [key, { channel, ts }] of left) {
    if (isOurs(key)) continue;
    const view = { turnId: null, head: 'ended', rows: [], closed: true };
    if (ts !== null) await port.edit({ channel, ts }, view).catch(() => undefined);
    await records.delete(key);
  }
}
