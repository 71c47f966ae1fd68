import { expect, it } from 'vitest';
import { createThreads, type Thread } from '../../src/adapters/threads.ts';
import { createCollections } from '../../src/store/collections.ts';
import { storeForTest } from '../support/store/store.ts';

it('remembers what a thread belongs to, what was said beside, and who speaks with whom', async () => {
  const records = createCollections(storeForTest()).collection<Thread>('threads');
  const threads = createThreads(records);
  await threads.heard('T1', true);
  expect(await threads.get('T1')).toBeNull();
  await threads.taken('T1', 'slack:1', 'm1');
  await threads.heard('T1', true);
  await threads.heard('T1', true);
  expect(await createThreads(records).get('T1')).toEqual({
    conversation: 'slack:1',
    heardOthers: true,
    amongPeople: true,
    taken: ['m1'],
  });
  await threads.answered('T1');
  expect(await threads.get('T1')).toMatchObject({ amongPeople: false, heardOthers: true });
  await threads.heard('T1', false);
  expect(await threads.get('T1')).toMatchObject({ amongPeople: false, heardOthers: true });
  await Promise.all([threads.taken('T1', 'another', 'm2'), threads.taken('T1', 'another', 'm2')]);
  expect(await threads.get('T1')).toEqual({
    conversation: 'slack:1',
    heardOthers: false,
    amongPeople: false,
    taken: ['m1', 'm2'],
  });
});

it('keeps the newest messages only', async () => {
  const threads = createThreads(createCollections(storeForTest()).collection<Thread>('threads'));
  for (let index = 0; index < 60; index += 1) await threads.taken('T1', 'c', `m${index}`);
  const taken = (await threads.get('T1'))?.taken ?? [];
  expect(taken).toHaveLength(50);
  expect(taken.at(-1)).toBe('m59');
});
