import { expect, it } from 'vitest';
import { createWaiting } from '../../../src/adapters/terminal/waiting.ts';

it('gives each waiter its value, also one that came first', async () => {
  const waiting = createWaiting<number>();
  waiting.settle('early', 1);
  const late = waiting.wait('late');
  waiting.settle('late', 2);
  expect([await waiting.wait('early'), await late]).toEqual([1, 2]);
});
