import { expect, it } from 'vitest';
import { type PostedRecord, postedOnce } from '../../src/adapters/posted-once.ts';
import { createCollections } from '../../src/store/collections.ts';
import { storeForTest } from '../support/store/store.ts';

it('posts once, and says when it may have been posted before', async () => {
  const records = createCollections(storeForTest()).collection<PostedRecord>('posted');
  const asked: boolean[] = [];
  const dying = postedOnce(records, 'one', async (again) => {
    asked.push(again);
    throw new Error('killed');
  });
  await expect(dying).rejects.toThrow('killed');
  const post = async (again: boolean) => {
    asked.push(again);
    return 'id';
  };
  expect(await postedOnce(records, 'one', post)).toBe('id');
  expect(await postedOnce(records, 'one', post)).toBe('id');
  expect(asked).toEqual([false, true]);
});
