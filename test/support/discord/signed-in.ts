import { onTestFinished } from 'vitest';
import { closeRest, type DiscordRest, openRest } from '../../../src/adapters/discord/rest.ts';
import { createLog } from '../../../src/log.ts';
import type { DiscordDouble } from './double.ts';

export const silent = createLog({ level: 'silent', mask: (text) => text });

/** The adapter's own clients on the double; their timers end with the test. */
export async function signedIn(discord: DiscordDouble): Promise<DiscordRest> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = discord.environment;
  const access = await openRest({ token, apiUrl, log: silent });
  onTestFinished(() => closeRest(access));
  return access;
}
