import { expect, test, vi } from 'vitest';
import type { ProviderEvent } from '../../src/agents/provider.ts';
import { createRetryBound } from '../../src/agents/retry-bound.ts';

function retry(attempt: number, reason?: 'not-signed-in' | 'rate-limited'): ProviderEvent {
  const event = { type: 'retry', attempt, maxAttempts: 10, waitMs: 500, message: 'again' } as const;
  return reason === undefined ? event : { ...event, reason };
}

test('A row of retries is given up with the last one, when the time since the first is over', () => {
  vi.useFakeTimers();
  const given: ProviderEvent[] = [];
  const bound = createRetryBound(1000, (last) => given.push(last));
  bound.see(retry(1));
  vi.advanceTimersByTime(900);
  bound.see(retry(2));
  expect(given).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(given).toEqual([retry(2)]);
  vi.useRealTimers();
});

test('Progress ends the row; a session and a notice are none', () => {
  vi.useFakeTimers();
  const given: ProviderEvent[] = [];
  const bound = createRetryBound(1000, (last) => given.push(last));
  bound.see(retry(1));
  bound.see({ type: 'text', text: 'x' });
  vi.advanceTimersByTime(5000);
  expect(given).toEqual([]);
  bound.see(retry(1));
  bound.see({ type: 'notice', message: 'x' });
  vi.advanceTimersByTime(1000);
  expect(given).toHaveLength(1);
  vi.useRealTimers();
});

test('A refused sign-in is given up at the second attempt', () => {
  const given: ProviderEvent[] = [];
  const bound = createRetryBound(60_000, (last) => given.push(last));
  bound.see(retry(1, 'not-signed-in'));
  expect(given).toEqual([]);
  bound.see(retry(2, 'not-signed-in'));
  expect(given).toHaveLength(1);
  bound.clear();
});
