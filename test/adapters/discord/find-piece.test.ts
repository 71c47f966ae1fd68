import { Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { findPiece } from '../../../src/adapters/discord/find-piece.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn } from '../../support/discord/signed-in.ts';
import { storeForTest } from '../../support/store/store.ts';

it('finds our own message by its words, beyond the first page, and nothing that only looks like it', async () => {
  const discord = await startDiscord({ limits: 'fast' });
  const { rest } = await signedIn(discord);
  const records = createCollections(storeForTest()).collection<string>('pieces');
  const since = new Date().toISOString();
  const common = { id: 'piece', since, nonce: 'n', own: ids.bot };
  const find = (text: string, more: object = {}) =>
    findPiece({ rest, records }, { ...common, text, ...more }, ids.general);
  const post = async (content: string) => {
    const posted = await rest.post(Routes.channelMessages(ids.general), { body: { content } });
    return (posted as { readonly id: string }).id;
  };
  discord.say('the words');
  for (let index = 0; index < 130; index += 1) discord.say(`talk ${index}`);
  const [first, second] = [await post('the words'), await post('the words')];
  expect(await find('the words ')).toBe(first);
  // What is known to be another piece is not this one.
  await records.set(first, 'other');
  expect(await find('the words')).toBe(second);
  expect(await find('other words')).toBeNull();
  // An agent speaks through a webhook, or with its name above.
  expect(await find('the words', { username: 'api' })).toBeNull();
  const spoken = await post('**api**\nthe words');
  expect(await find('the words', { username: 'api' })).toBe(spoken);
  expect(await find('', { file: { name: 'answer.md' } })).toBeNull();
});
