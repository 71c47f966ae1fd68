import { Client, Events, GatewayIntentBits, type Interaction, REST, Routes } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { CommandSpec } from '../../../src/adapters/adapter.ts';
import { discordCommands } from '../../../src/adapters/discord/commands.ts';
import { type DiscordDouble, ids, startDiscord } from './double.ts';

/** The real discord.js with nothing of ours on it, in a guild where these commands are registered; ended after the test. */
export async function withCommands(
  commands: readonly CommandSpec[],
  heard: (interaction: Interaction) => Promise<unknown>,
): Promise<DiscordDouble> {
  const double = await startDiscord();
  const rest = { api: double.environment.DISCORD_API_URL };
  await new REST(rest)
    .setToken(double.environment.DISCORD_TOKEN)
    .put(Routes.applicationGuildCommands(ids.application, ids.guild), { body: discordCommands(commands, 'guild') });
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest });
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void heard(interaction));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(double.environment.DISCORD_TOKEN);
  await ready;
  return double;
}
