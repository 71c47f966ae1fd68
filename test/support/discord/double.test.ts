import { Events, type Message, type TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { readyClient } from './client.ts';
import { ids, startDiscord } from './double.ts';

/** The real client on the double: what the adapter's tests rest on. */

describe('the double of Discord', () => {
  it('lets the real client in, and tells it what people write', async () => {
    const discord = await startDiscord();
    const client = await readyClient(discord);
    expect(client.guilds.cache.get(ids.guild)?.channels.cache.size).toBe(6);
    const seen: Message[] = [];
    client.on(Events.MessageCreate, (message) => void seen.push(message));
    discord.say(`<@${ids.bot}> hello`, {
      files: [{ name: 'a.md', type: 'text/markdown', content: Buffer.from('# A') }],
    });
    discord.say('alone', { channel: 'dm' });
    await waitFor(() => seen.length === 2, 'both messages arrive');
    const [first, second] = seen;
    expect(first?.mentions.users.has(ids.bot)).toBe(true);
    expect(first?.member?.roles.cache.has(ids.engineers)).toBe(true);
    expect(first?.member?.displayName).toBe('Ali');
    expect(second?.channel.isDMBased()).toBe(true);
    const attachment = first?.attachments.first();
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('# A');
    discord.expireLinks();
    expect((await fetch(attachment?.url ?? '')).status).toBe(404);
    const channel = client.channels.cache.get(ids.general) as TextChannel;
    await channel.send('here');
    expect(discord.posts().map(({ text }) => text)).toEqual(['here']);
  });
});
