import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeratorPort, Round } from './moderator.ts';

/** Where a provider names no time. */
const usualWaitMs = 30_000;

/**
 * Waits before an agent is asked again whose last ask ended `rate-limited`: as long as its provider said, never past the time to
 * conclude, and not at all once stopped.
 */
export async function waitForRateLimit(
  agent: string,
  earlier: readonly Round[],
  port: Pick<ModeratorPort, 'signal' | 'msToConclude' | 'progress'>,
): Promise<void> {
  const last = earlier.flatMap((round) => round.asks).findLast((ask) => ask.agent === agent)?.outcome;
  if (last?.result.failure?.reason !== 'rate-limited') return;
  const wait = Math.min(last.retryAfterMs ?? usualWaitMs, Math.max(0, port.msToConclude()));
  if (wait === 0 || port.signal.aborted) return;
  const activity = `rate limited, waits ${Math.ceil(wait / 1000)} s`;
  port.progress({ type: 'ask_progress', agent, activity, tokens: null });
  await sleep(wait, undefined, { signal: port.signal }).catch(() => undefined);
}
