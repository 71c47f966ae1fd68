import { setTimeout as wait } from 'node:timers/promises';
import type { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createLanes } from './lanes.ts';
import { type Outcome, reasonOf } from './outcome.ts';

/** One message (or file) to be posted exactly once. `R` is where a surface can post. */
export interface Piece<R> {
  /** Opaque: finds the message again. */
  readonly id: string;
  /** Pieces of one lane are posted one after another, as they came. */
  readonly lane: string;
  /** Where it stands, asked when its turn has come; undefined where there is no place for it. */
  place(): Promise<R | undefined>;
  readonly text: string;
  /** Posted under this name. */
  readonly username?: string;
  /** A file goes instead of the text, which stands above it. */
  readonly file?: { readonly name: string; readonly content: string };
  /** An earlier process may have posted it: looked for before it is posted. */
  readonly again: boolean;
  /** ISO 8601: it cannot have been posted before. */
  readonly since: string;
}

export interface DeliveryOptions<R, P extends Piece<R>> {
  /** What the surface is called where something is said about it. */
  readonly surface: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Between two posts in a lane, in milliseconds. */
  readonly intervalMs: number;
  readonly backoffMs: readonly number[];
  clock(): number;
  /** The platform's id of a piece that stands there already, or null. */
  find(piece: P, place: R): Promise<string | null>;
  /** Posts it, in one attempt; resolves with its id, where the platform tells. */
  send(piece: P, place: R): Promise<string | null>;
  outcomeOf(error: unknown): Outcome;
  /** The app may not speak any more, for the platform's reason. */
  signedOut(code: string): UserError;
  failed(problem: UserError): void;
}

/** Posts in order, lane by lane, at the pace that the platform takes. */
export interface Delivery<P> {
  /**
   * Resolves with the message's id when the platform has it, over limits and outages, or with null when it is refused for good. Rejects
   * when the program ends before, or the app may not speak any more.
   */
  post(piece: P): Promise<string | null>;
}

export function createDelivery<R, P extends Piece<R>>(options: DeliveryOptions<R, P>): Delivery<P> {
  const { surface, log, signal, backoffMs } = options;
  const lanes = createLanes({ intervalMs: options.intervalMs, signal, clock: options.clock });

  async function deliver(piece: P): Promise<string | null> {
    const place = await piece.place();
    if (place === undefined) return null;
    let unsure = piece.again;
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const found = unsure ? await options.find(piece, place) : null;
        if (found !== null) return found;
        unsure = false;
        return await options.send(piece, place);
      } catch (error) {
        const outcome = options.outcomeOf(error);
        if (outcome.kind === 'refused') {
          log.warn(`${surface} refused a message`, { lane: piece.lane, reason: outcome.message });
          return null;
        }
        if (outcome.kind === 'signed-out') {
          options.failed(options.signedOut(outcome.code));
          throw error;
        }
        if (outcome.kind === 'unsure') {
          unsure = true;
          log.info(`${surface} did not answer`, { lane: piece.lane, reason: reasonOf(outcome) });
        }
        const pause = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 1000;
        await wait(outcome.kind === 'limited' ? outcome.afterMs : pause, undefined, { signal });
      }
    }
  }

  return { post: (piece) => lanes.run(piece.lane, () => deliver(piece)) };
}
