import { Client, type ClientOptions, Events, GatewayIntentBits, Partials } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { DiscordDouble } from './double.ts';

/** The real client on the double, ready to be used; destroyed after the test. */
export async function readyClient(discord: DiscordDouble, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    ...options,
    rest: { api: discord.environment.DISCORD_API_URL, ...options.rest },
  });
  client.on(Events.Error, () => undefined);
  client.on(Events.ShardError, () => undefined);
  onTestFinished(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.environment.DISCORD_TOKEN);
  return ready;
}
