import { setTimeout as wait } from 'node:timers/promises';
import type { ChatAdapter, InboundMessage, OutboxPart, Receipt } from '../adapters/adapter.ts';
import { messageOf, UserError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Steps } from './steps.ts';

export interface DeliveryOptions {
  readonly ledger: Pick<Ledger, 'unsent' | 'sending' | 'sent'>;
  readonly adapters: ReadonlyMap<string, Pick<ChatAdapter, 'reply'>>;
  readonly steps: Steps;
  readonly log: Log;
  /** Aborted when the program ends: what is not sent by then is left for the next start. */
  readonly signal: AbortSignal;
  /** Pauses between attempts to reach a platform, in milliseconds; the last one repeats. */
  readonly retryDelaysMs: readonly number[];
}

/** Takes what a settled turn has to say to the place where the question stood. */
export interface Delivery {
  /** One part that stands in no ledger; null when it could not be delivered. */
  post(message: InboundMessage, part: OutboxPart): Promise<Receipt | null>;
  /** In order, each part once, over outages; resolves when all of it is delivered or the program ends. */
  deliver(turnId: string): Promise<void>;
  /** The same for parts that a full disk kept out of the ledger. */
  deliverUnrecorded(message: InboundMessage, parts: readonly OutboxPart[]): Promise<void>;
}

/** `pending → sending → sent` for every part. A part whose end is not known after a crash is delivered again, marked so (`again`). */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { ledger, steps, log, signal } = options;

  async function post(message: InboundMessage, part: OutboxPart): Promise<Receipt | null> {
    const adapter = options.adapters.get(message.replyTo.surface);
    if (adapter === undefined) return null;
    const reply = adapter.reply(message.replyTo);
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await reply.post(part);
      } catch (error) {
        log.warn('a part could not be delivered', { turn: part.turnId, error: messageOf(error) });
        // The surface itself is gone (a closed terminal): trying again helps nobody.
        if (error instanceof UserError) return null;
        const delay = options.retryDelaysMs[Math.min(attempt, options.retryDelaysMs.length - 1)] ?? 1000;
        await wait(delay, undefined, { signal }).catch(() => undefined);
      }
    }
    return null;
  }

  return {
    post,
    async deliver(turnId) {
      for (const { part, message } of ledger.unsent(turnId)) {
        steps.record(() => ledger.sending(part.id));
        const receipt = await post(message, part);
        // Later parts never go before an earlier one.
        if (receipt === null) return;
        steps.record(() => ledger.sent(part.id, receipt.platformId));
      }
    },
    async deliverUnrecorded(message, parts) {
      for (const part of parts) {
        const receipt = await post(message, part);
        if (receipt === null) return;
        // Kept behind the steps that record the turn itself, so it finds its row.
        steps.record(() => ledger.sending(part.id));
        steps.record(() => ledger.sent(part.id, receipt.platformId));
      }
    },
  };
}
