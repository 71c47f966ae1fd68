import { REST, Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { closeProblem, isRefusedFor, outcomeOf, tokenProblem } from '../../../src/adapters/discord/outcome.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn } from '../../support/discord/signed-in.ts';

it('knows what each failure of a call means', async () => {
  const discord = await startDiscord();
  const { rest } = await signedIn(discord);
  const post = () => rest.post(Routes.channelMessages(ids.general), { body: { content: 'x' } });
  const outcome = () => post().then(() => null, outcomeOf);
  expect(await outcome()).toBeNull();
  discord.refuse('message.create', 50013);
  expect(await outcome()).toMatchObject({ kind: 'refused', code: '50013' });
  discord.break('message.create', 'before');
  expect(await outcome()).toMatchObject({ kind: 'unsure' });
  discord.fail('message.create', 'after');
  expect(await outcome()).toMatchObject({ kind: 'unsure' });
  // Each was tried once, and only once.
  expect(discord.calls.filter(({ route }) => route === 'message.create')).toHaveLength(4);
  discord.revoke();
  expect(await outcome()).toEqual({ kind: 'signed-out', code: '401' });
  // From then on discord.js itself says so.
  expect(await outcome()).toEqual({ kind: 'signed-out', code: '401' });
});

it('does not take an interaction that is over for a token that is', async () => {
  const discord = await startDiscord();
  const { rest } = await signedIn(discord);
  const edit = rest.patch(Routes.webhookMessage(ids.application, 'gone'), { body: { content: 'x' }, auth: false });
  expect(await edit.then(() => null, outcomeOf)).toMatchObject({ kind: 'refused' });
});

it('tells edits to wait that have come too often', async () => {
  const discord = await startDiscord();
  const { rest } = await signedIn(discord);
  const body = { content: 'x' };
  const message = (await rest.post(Routes.channelMessages(ids.general), { body })) as { readonly id: string };
  const edits = Array.from({ length: 8 }, (_, index) =>
    rest
      .patch(Routes.channelMessage(ids.general, message.id), { body: { content: `${index}` } })
      .then(() => null, outcomeOf),
  );
  const limited = (await Promise.all(edits)).filter((one) => one !== null);
  expect(limited.length).toBeGreaterThan(0);
  for (const one of limited) expect(one).toMatchObject({ kind: 'limited', afterMs: expect.any(Number) });
  expect(discord.rateLimited).toBe(0);
});

it('names one reason among others', async () => {
  const discord = await startDiscord();
  const rest = new REST({ api: discord.environment.DISCORD_API_URL }).setToken(discord.environment.DISCORD_TOKEN);
  discord.refuse('channel.get', 10003);
  const error: unknown = await rest.get(Routes.channel(ids.general)).catch((failure: unknown) => failure);
  expect(isRefusedFor(error, 'missingAccess', 'unknownChannel')).toBe(true);
  expect(isRefusedFor(error, 'missingAccess')).toBe(false);
});

it('says in one line why the gateway does not want us, and nothing of what passes', () => {
  expect(closeProblem(4004)?.message).toBe(tokenProblem('4004').message);
  expect(closeProblem(4014)).toMatchObject({ message: expect.stringContaining('Message Content Intent'), exit: 2 });
  expect(closeProblem(4011)?.code).toBe('discord-sharding');
  expect(closeProblem(4000)).toBeNull();
});
