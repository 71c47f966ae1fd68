import { readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { FileSections } from './config/assemble.ts';
import { defaultDataDir, type FoundFile, findConfigFile, identify, type Search } from './config/places.ts';
import type { Config, KnownProvider } from './config/shape.ts';
import { messageOf, UserError } from './errors.ts';
import { type LogLevel, logLevels } from './log.ts';
import { nameFrom } from './names.ts';

export type * from './config/shape.ts';

/** What the process's environment says, read once; everything else gets it as data. */
export interface Environment {
  /** All of it, for children and for knowing secrets. */
  readonly variables: Readonly<Record<string, string>>;
  /** $TUTTI_LOG. */
  readonly logLevel: LogLevel | null;
  /** False where $NO_COLOR is set, or the terminal is a dumb one. */
  readonly color: boolean;
  /** $TUTTI_PLAIN is set, or the terminal is a dumb one: nothing may move on the screen. */
  readonly plain: boolean;
  /** $TUTTI_SECRET_KEY seals the tokens of workspaces. */
  readonly secretKey: string | null;
  readonly slack: {
    readonly botToken: string | null;
    readonly appToken: string | null;
    readonly signingSecret: string | null;
    readonly clientId: string | null;
    readonly clientSecret: string | null;
  };
  readonly discord: { readonly token: string | null };
}

/** Reads the environment. Throws a UserError `config` where one of our own variables makes no sense. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const set = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const known: Readonly<Record<string, string>> = Object.fromEntries(set);
  const value = (name: string) => (known[name] === undefined || known[name] === '' ? null : known[name]);
  return {
    variables: known,
    logLevel: readLogLevel(value('TUTTI_LOG')),
    color: value('NO_COLOR') === null && value('TERM') !== 'dumb',
    plain: value('TUTTI_PLAIN') !== null || value('TERM') === 'dumb',
    secretKey: value('TUTTI_SECRET_KEY'),
    slack: {
      botToken: value('SLACK_BOT_TOKEN'),
      appToken: value('SLACK_APP_TOKEN'),
      signingSecret: value('SLACK_SIGNING_SECRET'),
      clientId: value('SLACK_CLIENT_ID'),
      clientSecret: value('SLACK_CLIENT_SECRET'),
    },
    discord: { token: value('DISCORD_TOKEN') },
  };
}

function readLogLevel(written: string | null): LogLevel | null {
  if (written === null) return null;
  const level = logLevels.find((candidate) => candidate === written.toLowerCase());
  if (level !== undefined) return level;
  throw new UserError('config', `$TUTTI_LOG is "${written}".`, {
    hint: `Set it to one of ${logLevels.join(', ')}.`,
    exit: 2,
  });
}

export interface LoadOptions extends Search {
  /** What this version can drive. */
  readonly providers: readonly KnownProvider[];
  readonly platform?: NodeJS.Platform;
}

/**
 * Finds, reads, checks and completes the configuration. Without a file, the demo inside Tutti's own checkout, and anywhere else the
 * current directory as the one agent. Throws a UserError `config` (exit 2).
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { environment, directory, platform = process.platform } = options;
  const found = findConfigFile(options);
  const { identity, folder } = identify(found?.path ?? null, directory);
  const sections = found === null ? await directoryAlone(directory) : await readFile(found, options);
  const named = environment.TUTTI_DATA_DIR ?? '';
  const dataDir =
    named === ''
      ? (sections.dataDir ?? defaultDataDir(identity, folder, environment, platform))
      : resolve(directory, named);
  return {
    ...sections,
    file: found?.path ?? null,
    origin: found?.origin ?? 'none',
    identity,
    hint: found === null ? 'Run "tutti init" to write a tutti.yaml for the projects here.' : null,
    dataDir,
    worktrees: { ...sections.worktrees, directory: sections.worktrees.directory ?? join(dataDir, 'worktrees') },
    surfaces: withAddresses(sections.surfaces, environment),
  };
}

/** Schema and YAML are loaded only now: what needs no configuration starts without them. */
async function readFile({ path }: FoundFile, { directory, providers }: LoadOptions): Promise<FileSections> {
  const { readConfig } = await import('./config/read.ts');
  const nearby = relative(directory, path);
  return readConfig({ path, text: textOf(path), shown: nearby.startsWith('..') ? path : nearby }, providers);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError('config', `The configuration ${path} cannot be read: ${messageOf(error)}.`, {
      hint: 'Make it a readable file, or name another with --config.',
      exit: 2,
    });
  }
}

async function directoryAlone(directory: string): Promise<FileSections> {
  const [{ assemble }, { fileSchema }, { describeProject }] = await Promise.all([
    import('./config/assemble.ts'),
    import('./config/schema.ts'),
    import('./config/project.ts'),
  ]);
  const agents = { [nameFrom(basename(directory))]: { directory, description: describeProject(directory) } };
  return assemble(fileSchema.parse({ agents }), join(directory, 'tutti.yaml'));
}

/** For proxies, gateways and test doubles: the environment wins over the file. */
function withAddresses({ slack, discord }: Config['surfaces'], environment: Search['environment']): Config['surfaces'] {
  const slackUrl = environment.SLACK_API_URL || slack?.apiUrl || null;
  const discordUrl = environment.DISCORD_API_URL || discord?.apiUrl || null;
  return {
    slack: slack === null ? null : { ...slack, apiUrl: slackUrl },
    discord: discord === null ? null : { ...discord, apiUrl: discordUrl?.replace(/\/$/, '') ?? null },
  };
}
