import { expect, test } from 'vitest';
import { lazy } from '../src/lazy.ts';

test('makes a thing once, when it is first needed', async () => {
  let count = 0;
  const thing = lazy(async () => ++count);
  expect(count).toBe(0);
  expect(await Promise.all([thing(), thing()])).toEqual([1, 1]);
});

test('tries again after a failure', async () => {
  let count = 0;
  const thing = lazy(async () => {
    count += 1;
    if (count === 1) throw new Error('not yet');
    return count;
  });
  await expect(thing()).rejects.toThrow('not yet');
  expect(await thing()).toBe(2);
});
