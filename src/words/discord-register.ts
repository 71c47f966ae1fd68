import type { CommandSpec } from '../adapters/adapter.ts';
import { type RegisteredRecord, type Registration, registerCommands } from '../adapters/discord/register.ts';
import { providers } from '../agents/providers/index.ts';
import { type Config, type Environment, loadConfig } from '../config.ts';
import { UserError } from '../errors.ts';
import { createCollections } from '../store/collections.ts';
import { openStore } from '../store/store.ts';

export interface DiscordRegisterTools {
  environment(): Environment;
  readonly directory: string;
  readonly checkout: string;
  /** `--config`. */
  readonly config: string | null;
  readonly commands: readonly CommandSpec[];
}

/** What is printed: `data` for scripts, `text` for people. */
export interface Printed {
  readonly data: unknown;
  readonly text: string;
  readonly exit: number;
}

/**
 * `tutti discord register`: tells Discord of the commands where the configuration says, and gives the link that adds the application to
 * a server. Rejects with UserErrors: `config` where settings are missing, else those of the registration.
 */
export async function registerOnDiscord(tools: DiscordRegisterTools): Promise<Printed> {
  const environment = tools.environment();
  const config = await loadConfig({
    argument: tools.config,
    environment: environment.variables,
    directory: tools.directory,
    checkout: tools.checkout,
    providers,
  });
  const { token, discord } = required(config, environment);
  const store = openStore({ directory: config.dataDir });
  try {
    const registration = await registerCommands({
      token,
      apiUrl: discord.apiUrl,
      guilds: discord.guilds,
      commands: tools.commands,
      records: createCollections(store).collection<RegisteredRecord>('discord:registered'),
      thorough: true,
      // The process ends with it.
      signal: new AbortController().signal,
    });
    const failed = registration.scopes.some(({ state }) => state === 'failed');
    return { data: described(registration), text: told(registration), exit: failed ? 1 : 0 };
  } finally {
    store.close();
  }
}

function required({ surfaces, file }: Config, { discord }: Environment) {
  if (discord.token !== null && surfaces.discord !== null) return { token: discord.token, discord: surfaces.discord };
  const missing = [
    ...(discord.token === null ? ['$DISCORD_TOKEN is not set'] : []),
    ...(surfaces.discord === null ? [`surfaces.discord is not in ${file ?? 'the configuration'}`] : []),
  ];
  const hints = [
    ...(discord.token === null
      ? ['Copy the token from the page "Bot" of the application (https://discord.com/developers/applications).']
      : []),
    ...(surfaces.discord === null ? ['Add "surfaces: { discord: {} }" to the configuration.'] : []),
  ];
  throw new UserError('config', `Discord is not set up: ${missing.join(', and ')}.`, {
    hint: hints.join(' '),
    exit: 2,
  });
}

function described({ application, scopes, cleared, invite }: Registration) {
  return {
    application,
    scopes: scopes.map(({ guild, state, commands, problem }) => ({
      guild,
      state,
      commands,
      error: problem === null ? null : { code: problem.code, message: problem.message, hint: problem.hint },
    })),
    cleared,
    invite,
  };
}

function told({ application, scopes, cleared, invite }: Registration): string {
  const lines = [
    ...scopes.map(({ guild, state, commands, problem }) => {
      if (problem !== null) return [problem.message, problem.hint].filter((part) => part !== null).join(' ');
      const what = `${commands.length} commands of ${application.name}`;
      return state === 'registered'
        ? `Registered ${what} ${placeOf(guild)}.`
        : `Nothing to do: the ${what} are registered ${placeOf(guild)} already.`;
    }),
    ...cleared.map(({ guild, commands }) => `Took away ${commands.length} that were registered ${placeOf(guild)}.`),
  ];
  const wide = scopes.some(({ guild, state }) => guild === null && state === 'registered');
  const reload = wide ? ['Discord shows them once it is reloaded (Ctrl-R).'] : [];
  return [...lines, ...reload, '', 'Add Tutti to a server:', invite].join('\n');
}

function placeOf(guild: string | null): string {
  return guild === null ? 'in all servers' : `in the server ${guild}`;
}
