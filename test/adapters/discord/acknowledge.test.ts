import { expect, it } from 'vitest';
import { createAcknowledge } from '../../../src/adapters/discord/acknowledge.ts';
import type { Interaction } from '../../../src/adapters/discord/interactions.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';

const interaction: Interaction = {
  ...{ id: '1574981317735481344', token: 'over', at: '', kind: 'command', guild: ids.guild, channel: ids.general },
  ...{ author: { id: ids.alice, name: 'alice', isBot: false, roles: [] }, name: 'ask', options: [] },
  ...{ customId: '', target: null, message: null, mentions: new Map(), values: new Map() },
};

it('tells whether Discord took it, and promises nothing where it did not', async () => {
  const discord = await startDiscord();
  const { rest } = await signedIn(discord);
  const promised: string[] = [];
  const acknowledge = createAcknowledge({
    ...{ rest, application: ids.application, log: silent },
    whisper: { deferred: (token) => void promised.push(token) },
  });
  expect(await acknowledge.promise(interaction)).toBe(false);
  expect(await acknowledge.silently(interaction)).toBe(false);
  expect(await acknowledge.form(interaction, {})).toBe(false);
  expect(await acknowledge.suggestions(interaction, [])).toBe(false);
  expect(await acknowledge.used(interaction)).toBe(false);
  expect(promised).toEqual([]);
  const sent = discord.calls.filter(({ route }) => route === 'interaction.callback');
  expect(sent.map(({ body }) => body.type)).toEqual([5, 6, 9, 8]);
});
