import type { ProviderEvent } from './provider.ts';

type Retry = Extract<ProviderEvent, { readonly type: 'retry' }>;

/** A sign-in that fails twice will fail again: retrying it only looks like a hang. */
const hopelessAttempt = 2;

/**
 * Bounds how long a CLI may retry without getting anywhere: `giveUp` is called once, `retryMs` after the first of a row of retries, or
 * at the second one that fails for a sign-in. Anything else that the CLI reports ends the row.
 */
export function createRetryBound(retryMs: number, giveUp: (last: Retry) => void) {
  let timer: NodeJS.Timeout | null = null;
  let last: Retry | null = null;

  function clear(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    see(event: ProviderEvent): void {
      if (event.type === 'session' || event.type === 'notice') return;
      if (event.type !== 'retry') {
        clear();
        return;
      }
      last = event;
      timer ??= setTimeout(() => {
        if (last !== null) giveUp(last);
      }, retryMs);
      if (event.reason === 'not-signed-in' && event.attempt >= hopelessAttempt) {
        clear();
        giveUp(event);
      }
    },
    clear,
  };
}
