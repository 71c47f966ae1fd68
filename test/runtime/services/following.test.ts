import { expect, it } from 'vitest';
import { createFollowing } from '../../../src/runtime/services/following.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { storeForTest } from '../../support/store/store.ts';

it('follows threads unless the conversation, or its channel, says otherwise', async () => {
  const following = createFollowing(createCollections(storeForTest()).collection('following'), {
    C1: { agents: null, moderator: {}, follow: false },
  });
  expect(await following.get('slack:W:C2:1', 'C2')).toBe(true);
  expect(await following.get('slack:W:C1:1', 'C1')).toBe(false);
  await following.set('slack:W:C1:1', true);
  await following.set('slack:W:C2:1', false);
  expect(await following.get('slack:W:C1:1', 'C1')).toBe(true);
  expect(await following.get('slack:W:C2:1', 'C2')).toBe(false);
});
