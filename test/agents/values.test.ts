import { expect, test } from 'vitest';
import { valuesOf } from '../../src/agents/values.ts';
import { testCollections } from '../support/collections.ts';

test('All records of a collection come in order of their keys, and none of another one', async () => {
  const collections = testCollections();
  const numbers = collections.collection<number>('numbers');
  for (const [key, value] of [
    ['b', 2],
    ['a', 1],
    ['c', 3],
  ] as const)
    await numbers.set(key, value);
  await collections.collection<number>('others').set('a', 9);
  expect(await valuesOf(numbers)).toEqual([1, 2, 3]);
  expect(await valuesOf(collections.collection('nothing'))).toEqual([]);
});
