import { expect, it } from 'vitest';
import { closeRest, openRest, restOptions } from '../../../src/adapters/discord/rest.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';

it('knows who we are, and whether we hear what does not mention us', async () => {
  const { identity } = await signedIn(await startDiscord());
  expect(identity).toEqual({ application: ids.application, userId: ids.bot, readsContent: true });
  const deaf = await signedIn(await startDiscord({ messageContent: false }));
  expect(deaf.identity.readsContent).toBe(false);
});

it('tries the intent where Discord does not tell', async () => {
  const discord = await startDiscord();
  discord.refuse('application', 50001);
  expect((await signedIn(discord)).identity).toEqual({ application: ids.bot, userId: ids.bot, readsContent: true });
});

it('says what is wrong with a token and with the network', async () => {
  const discord = await startDiscord();
  const apiUrl = discord.environment.DISCORD_API_URL;
  await expect(openRest({ token: 'wrong', apiUrl, log: silent })).rejects.toMatchObject({ code: 'discord-sign-in' });
  discord.outage(true);
  await expect(openRest({ token: 'x', apiUrl, log: silent })).rejects.toMatchObject({ code: 'discord-unreachable' });
});

it('repeats nothing by itself, and lets edits alone wait for nothing', () => {
  const options = restOptions({ apiUrl: 'http://127.0.0.1:1/api' });
  expect(options).toMatchObject({ api: 'http://127.0.0.1:1/api', retries: 0 });
  expect(options.rejectOnRateLimit({ method: 'PATCH' })).toBe(true);
  expect(options.rejectOnRateLimit({ method: 'POST' })).toBe(false);
});

it('ends its timers, so that the process can', async () => {
  const access = await signedIn(await startDiscord());
  closeRest(access);
  closeRest(access);
});
