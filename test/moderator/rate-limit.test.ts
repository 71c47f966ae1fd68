import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { AnsweredAsk, Round } from '../../src/moderator/moderator.ts';
import { waitForRateLimit } from '../../src/moderator/rate-limit.ts';
import { answeredOutcome, answering, failedOutcome } from '../support/moderated.ts';

const planned = { id: '1', agent: 'api', prompt: '?', access: 'read', after: [], final: false } as const;

function rounds(...outcomes: readonly AnsweredAsk['outcome'][]): readonly Round[] {
  return outcomes.map((outcome, index) => ({ number: index + 1, reason: null, asks: [{ ...planned, outcome }] }));
}

const limited = (retryAfterMs?: number) => ({
  ...failedOutcome(planned, 'rate-limited', 'slow down'),
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** What is said while it waits, then it is stopped; null where it does not wait at all. */
async function waited(earlier: readonly Round[], msToConclude = 3_600_000): Promise<string | null> {
  const stop = new AbortController();
  const port = answering({}, { signal: stop.signal, msToConclude: () => msToConclude });
  let isOver = false;
  const waiting = waitForRateLimit('api', earlier, port).then(() => {
    isOver = true;
  });
  await setImmediate();
  const [event] = port.events;
  expect(isOver).toBe(event === undefined);
  stop.abort();
  await waiting;
  return event?.type === 'ask_progress' ? event.activity : null;
}

test('an agent that was rate limited is left alone as long as its provider says', async () => {
  expect(await waited(rounds(limited(12_000)))).toBe('rate limited, waits 12 s');
  expect(await waited(rounds(limited()))).toBe('rate limited, waits 30 s');
});

test('never past the time to conclude', async () => {
  expect(await waited(rounds(limited(600_000)), 5_000)).toBe('rate limited, waits 5 s');
  expect(await waited(rounds(limited(600_000)), -1)).toBeNull();
});

test('any other agent is asked at once', async () => {
  expect(await waited([])).toBeNull();
  expect(await waited(rounds(answeredOutcome(planned, 'yes')))).toBeNull();
  expect(await waited(rounds(failedOutcome(planned, 'crashed', 'broke')))).toBeNull();
  expect(await waited(rounds(limited(1_000), answeredOutcome(planned, 'yes')))).toBeNull();
});

test('afterwards it goes on', async () => {
  const port = answering({});
  await waitForRateLimit('api', rounds(limited(5)), port);
  expect(port.events).toMatchObject([{ type: 'ask_progress', agent: 'api', tokens: null }]);
});
