import { expect, it } from 'vitest';
import { createCatchUp } from '../../../src/adapters/discord/catch-up.ts';
import { idAt } from '../../../src/adapters/discord/snowflake.ts';
import { text } from '../../../src/adapters/untyped.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';
import { storeForTest } from '../../support/store/store.ts';

async function missing() {
  const discord = await startDiscord({ limits: 'fast' });
  const { rest } = await signedIn(discord);
  const records = createCollections(storeForTest()).collection<string>('heard');
  const taken: unknown[] = [];
  const create = () =>
    createCatchUp({
      rest,
      records,
      log: silent,
      take: async (message) => void taken.push(message),
      now: () => new Date(),
    });
  const guild = () => {
    const last = discord.world.channels.get(ids.general)?.messages.at(-1)?.id;
    return { id: ids.guild, channels: [{ id: ids.general, last_message_id: last }, { id: ids.random }], threads: [] };
  };
  return { discord, records, taken, create, guild };
}

const contents = (taken: readonly unknown[]) =>
  taken.map((message) =>
    typeof message === 'object' && message !== null && 'content' in message ? text(message.content) : '',
  );

it('reads what was said since the last message that was heard, in order, and only where something was', async () => {
  const { discord, taken, create, guild } = await missing();
  const catchUp = create();
  catchUp.heard(discord.say('heard').id);
  for (let index = 0; index < 120; index += 1) discord.say(`missed ${index}`);
  await catchUp.began();
  const before = discord.calls.length;
  await catchUp.guild(guild());
  expect(contents(taken)).toEqual(Array.from({ length: 120 }, (_, index) => `missed ${index}`));
  expect(taken[0]).toMatchObject({ guild_id: ids.guild });
  expect(discord.calls.slice(before)).toHaveLength(2);
});

it('goes on where the last process stopped, and no further back than a day', async () => {
  const { discord, taken, create, guild, records } = await missing();
  const first = create();
  first.heard(discord.say('heard').id);
  await first.save();
  discord.say('missed');
  const second = create();
  await second.began();
  await second.guild(guild());
  expect(contents(taken)).toEqual(['missed']);
  await records.set('newest', idAt(Date.now() - 7 * 86_400_000));
  const third = create();
  await third.began();
  await third.guild({
    id: ids.guild,
    channels: [{ id: ids.general, last_message_id: idAt(Date.now() - 2 * 86_400_000) }],
  });
  expect(taken).toHaveLength(1);
});

it('reads nothing at the very first start, and outlives a channel that it may not read', async () => {
  const { discord, taken, create, guild } = await missing();
  discord.say('long ago');
  const first = create();
  await first.began();
  await first.guild(guild());
  expect(taken).toEqual([]);
  discord.say('missed');
  discord.refuse('message.list', 50001);
  await first.began();
  await first.guild(guild());
  expect(taken).toEqual([]);
});
