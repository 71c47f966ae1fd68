import { expect, test } from 'vitest';
import { mayRetry } from '../../src/adapters/retry.ts';

const answer = (status: string, ...asks: readonly string[]) =>
  ({ kind: 'answer', data: { status, rounds: [{ asks: asks.map((ask) => ({ status: ask })) }] } }) as const;

test('What failed may be asked again, also where others answered', () => {
  expect(mayRetry(answer('answered', 'answered', 'failed'))).toBe(true);
  expect(mayRetry(answer('timed-out'))).toBe(true);
  expect(mayRetry(answer('failed'))).toBe(true);
});

test('There is nothing to ask again where all was answered, nor under a command', () => {
  expect(mayRetry(answer('answered', 'answered'))).toBe(false);
  expect(mayRetry(answer('clarify'))).toBe(false);
  expect(mayRetry({ ...answer('failed', 'failed'), kind: 'command' })).toBe(false);
  expect(mayRetry({ kind: 'answer', data: null })).toBe(false);
});
