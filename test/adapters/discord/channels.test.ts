import { expect, it } from 'vitest';
import { createChannels } from '../../../src/adapters/discord/channels.ts';
import { readyClient } from '../../support/discord/client.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';

it('knows what a channel is, and takes for private what Discord does not tell', async () => {
  const discord = await startDiscord();
  const channels = createChannels(await readyClient(discord));
  const { guild } = ids;
  expect(await channels.facts(ids.general, guild)).toEqual({
    ...{ guild, channel: ids.general, thread: null, private: false, forum: false },
  });
  expect(await channels.facts(ids.secret, guild)).toMatchObject({ private: true });
  expect(await channels.facts('1100000000000000999', guild)).toMatchObject({ private: true, thread: null });
  expect(await channels.facts('1100000000000000998', null)).toMatchObject({ guild: null, private: true });
  const thread = discord.openThread('t', { message: discord.say('x') });
  expect(await channels.facts(thread.id, guild)).toEqual({
    ...{ guild, channel: ids.general, thread: thread.id, private: false, forum: false },
  });
  const post = discord.openThread('p', { channel: ids.forum, text: 'x' });
  expect(await channels.facts(post.id, guild)).toMatchObject({ channel: ids.forum, forum: true });
  const hidden = discord.openThread('h', { private: true });
  expect((await channels.facts(hidden.id, guild)).private).toBe(true);
  expect(channels.name(ids.general)).toBe('general');
  expect(channels.name('1')).toBeNull();
  expect(channels.roleName(guild, ids.engineers)).toBe('engineers');
  expect(channels.ownRole(guild)).toBe(ids.botRole);
  expect(channels.ownRole(null)).toBeNull();
});
