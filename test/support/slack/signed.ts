import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Acknowledged } from './sockets.ts';

export const signingSecret = 'double-signing-secret';

export interface SignedPost {
  readonly body: string;
  readonly type: string;
  readonly retryMs: readonly number[];
  readonly ackMs: number;
}

/** HTTP mode: posts an event with its signature until it is acknowledged; null where it never was. */
export async function postSigned(
  target: string,
  { body, type, retryMs, ackMs }: SignedPost,
): Promise<Acknowledged | null> {
  for (let retry = 0; retry <= retryMs.length; retry += 1) {
    if (retry > 0) await wait(retryMs[retry - 1]);
    const started = performance.now();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const response = await fetch(target, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
        ...(retry === 0 ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_error' }),
      },
      body,
      signal: AbortSignal.timeout(ackMs),
    }).catch(() => null);
    if (response?.ok === true) {
      const said = await response.text();
      return { payload: said === '' ? null : JSON.parse(said), afterMs: performance.now() - started };
    }
  }
  return null;
}
