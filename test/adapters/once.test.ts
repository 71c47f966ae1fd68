import { expect, it } from 'vitest';
import { createOnce } from '../../src/adapters/once.ts';

it('does a thing once, again after it failed, and forgets what is old', async () => {
  const once = createOnce<number>(2);
  let count = 0;
  const work = async () => {
    count += 1;
    return count;
  };
  expect(await Promise.all([once('a', work), once('a', work)])).toEqual([1, 1]);
  await expect(once('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await once('b', work)).toBe(2);
  await once('c', work);
  expect(await once('a', work)).toBe(4);
});
