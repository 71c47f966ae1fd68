import { expect, it } from 'vitest';
import { createWhisper } from '../../../src/adapters/discord/whisper.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';

async function whispering() {
  const discord = await startDiscord({ limits: 'fast' });
  const { rest } = await signedIn(discord);
  return { discord, ...createWhisper({ rest, log: silent }) };
}

it('speaks to one person directly, or where a message stands, and never rejects', async () => {
  const { discord, direct, reply } = await whispering();
  await direct(ids.carol, 'for you alone');
  const channel = [...discord.world.channels.values()].find(({ type, owner }) => type === 1 && owner === ids.carol);
  expect(channel?.messages.map(({ text }) => text)).toEqual(['for you alone']);
  const message = discord.say('hello');
  await reply({ channel: ids.general, message: message.id, user: ids.alice }, 'heard @everyone');
  await reply({ channel: ids.general, message: null, user: ids.alice }, 'and you');
  expect(discord.posts()).toMatchObject([{ replyTo: message.id }, { text: `<@${ids.alice}> and you` }]);
  expect(discord.posts().flatMap((post) => discord.notified(post))).not.toContain(ids.bob);
  await direct('1', 'nobody');
  discord.outage(true);
  await reply({ channel: ids.general, message: null, user: ids.alice }, 'nobody hears this');
});
