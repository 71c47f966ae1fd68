import { describe, expect, it } from 'vitest';
import type { Interaction } from '../../../src/adapters/discord/interactions.ts';
import { createResponses } from '../../../src/adapters/discord/responses.ts';
import { ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';
import { waitFor } from '../../support/wait-for.ts';

const at = '2026-01-01T00:00:00.000Z';
const interaction: Interaction = {
  ...{ id: '1574981317735481344', token: 'over', at, kind: 'command', guild: ids.guild, channel: ids.general },
  ...{ author: { id: ids.alice, name: 'alice', isBot: false, roles: [] }, name: 'ask', options: [] },
  ...{ customId: '', target: null, message: null, chosen: null, mentions: new Map(), values: new Map() },
};

async function responding(now = new Date('2026-01-01T00:00:01Z')) {
  const discord = await startDiscord();
  const { rest } = await signedIn(discord);
  const responses = createResponses({ rest, application: ids.application, log: silent, now: () => now });
  const types = () =>
    discord.calls.filter(({ route }) => route === 'interaction.callback').map(({ body }) => body.type);
  return { discord, types, ...responses };
}

describe('the first answer to an interaction', () => {
  it('is what is said first, and nothing else is', async () => {
    const { say, done, opened, types } = await responding();
    opened(interaction);
    await say(interaction, 'hello');
    await done(interaction);
    expect(types()).toEqual([4]);
  });

  it('is a confirmation where nothing was said', async () => {
    const { done, opened, types } = await responding();
    opened(interaction);
    await done(interaction);
    opened({ ...interaction, kind: 'press' });
    await done({ ...interaction, kind: 'press' });
    expect(types()).toEqual([5, 6]);
  });

  it('is a confirmation where recording takes too long, but never before a form', async () => {
    const { opened, types } = await responding();
    opened({ ...interaction, kind: 'menu', token: 'menu' });
    opened({ ...interaction, kind: 'typing', token: 'typing' });
    opened(interaction);
    await waitFor(() => types().length > 0, 'it is confirmed');
    expect(types()).toEqual([5]);
  });

  it('is a form, suggestions, or a message without its buttons', async () => {
    const { opened, form, suggestions, used, types } = await responding();
    opened(interaction);
    await form(interaction, {});
    opened(interaction);
    await suggestions(interaction, []);
    opened(interaction);
    await used(interaction);
    expect(types()).toEqual([9, 8, 7]);
  });
});

it('says that Discord takes no more, once an interaction is over', async () => {
  const { discord, say, opened } = await responding();
  expect(await say({ token: 'unknown', at }, 'x')).toBe(false);
  opened(interaction);
  expect(await say(interaction, 'x')).toBe(false);
  const late = await responding(new Date('2026-01-01T00:15:00Z'));
  const before = late.discord.calls.length;
  expect(await late.say({ token: 'unknown', at }, 'x')).toBe(false);
  expect(late.discord.calls).toHaveLength(before);
  expect(discord.whispers()).toEqual([]);
});
