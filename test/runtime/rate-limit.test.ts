import { expect, test } from 'vitest';
import { createRateLimit } from '../../src/runtime/rate-limit.ts';

test('a person may send so many in a time, and others are not held up by that', () => {
  let now = 0;
  const limit = createRateLimit({ most: 2, windowMs: 1000, monotonic: () => now });
  expect([limit.take('alice'), limit.take('alice'), limit.take('alice'), limit.take('bob')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  now = 1001;
  expect(limit.take('alice')).toBe(true);
});
