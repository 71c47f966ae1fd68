import type { ChatAdapter, SharedHost } from '../adapters/adapter.ts';
import type { Config, Environment } from '../config.ts';
import type { Log } from '../log.ts';

/** A surface that several people share. */
export type SharedAdapter = ChatAdapter & { start(host: SharedHost): Promise<void> };

export interface SurfaceSettings {
  readonly config: Config;
  readonly environment: Environment;
  readonly log: Log;
  now(): Date;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** Null where it is not configured: then its platform's client is not loaded. Throws a UserError where a setting is missing. */
type OpenSurface = (settings: SurfaceSettings) => Promise<SharedAdapter | null>;

/** What `tutti serve` can serve; the terminal is a surface of its own process. */
export const sharedSurfaces: readonly OpenSurface[] = [
  async ({ config, environment, log, now, clock }) => {
    const { slack: section } = config.surfaces;
    if (section === null) return null;
    const { createSlack, oauthOf, slackPace, transportOf } = await import('../adapters/slack/slack.ts');
    const { slack, secretKey } = environment;
    return createSlack({
      botToken: slack.botToken,
      oauth: oauthOf(section, { ...slack, secretKey }),
      transport: transportOf(section, slack),
      apiUrl: section.apiUrl,
      commandPrefix: section.commandPrefix,
      groups: config.access.some((rule) => rule.roles !== undefined),
      log: log.child({ surface: 'slack' }),
      pace: slackPace,
      now,
      clock,
    });
  },
  async ({ config, environment, log, now, clock }) => {
    const { discord: section } = config.surfaces;
    if (section === null) return null;
    const { createDiscord, discordPace, requiredToken } = await import('../adapters/discord/discord.ts');
    return createDiscord({
      token: requiredToken(environment.discord.token),
      apiUrl: section.apiUrl,
      guilds: section.guilds,
      log: log.child({ surface: 'discord' }),
      pace: discordPace,
      now,
      clock,
    });
  },
];
