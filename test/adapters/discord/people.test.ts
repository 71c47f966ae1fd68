import { expect, it } from 'vitest';
import { createPeople } from '../../../src/adapters/discord/people.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn } from '../../support/discord/signed-in.ts';

it('knows the roles of people, asked once, and none where Discord does not tell', async () => {
  const discord = await startDiscord();
  const { rest } = await signedIn(discord);
  let now = 0;
  const people = createPeople(rest, () => now);
  expect(await people.roles(ids.guild, ids.alice)).toEqual([ids.engineers]);
  expect(await people.roles(ids.guild, ids.alice)).toEqual([ids.engineers]);
  expect(discord.calls.filter(({ route }) => route === 'member')).toHaveLength(1);
  now = 400_000;
  discord.refuse('member', 50001);
  expect(await people.roles(ids.guild, ids.alice)).toEqual([]);
  expect(await people.roles(ids.guild, ids.alice)).toEqual([ids.engineers]);
  expect(await people.roles(null, ids.alice)).toEqual([]);
});
