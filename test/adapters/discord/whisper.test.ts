import { expect, it } from 'vitest';
import { createWhisper } from '../../../src/adapters/discord/whisper.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';

async function whispering(now = new Date()) {
  const discord = await startDiscord({ limits: 'fast' });
  const { rest } = await signedIn(discord);
  return { discord, ...createWhisper({ rest, application: ids.application, log: silent, now: () => now }) };
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

it('does not try a token that is over', async () => {
  const { discord, answer } = await whispering(new Date('2026-01-01T00:15:00Z'));
  const before = discord.calls.length;
  expect(await answer({ token: 't', at: '2026-01-01T00:00:00Z' }, 'late')).toBe(false);
  expect(discord.calls).toHaveLength(before);
  expect(await answer({ token: 'unknown', at: '2026-01-01T00:14:00Z' }, 'x')).toBe(false);
});
