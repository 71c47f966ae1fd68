import { createHash } from 'node:crypto';
import { REST, Routes } from 'discord.js';
import type { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { CommandSpec, SurfaceRecords } from '../adapter.ts';
import { fields, list, text } from '../untyped.ts';
import { type DiscordCommand, discordCommands } from './commands.ts';
import { inviteLink } from './invite.ts';
import { outcomeOf } from './outcome.ts';
import { isAway, registrationProblem } from './registration-problem.ts';
import { ownUser } from './rest.ts';

/** What was registered last, by application and scope. */
export interface RegisteredRecord {
  readonly hash: string;
  readonly names: readonly string[];
}

export interface RegisterOptions {
  readonly token: string;
  /** Ends in `/api`. Null: Discord itself. */
  readonly apiUrl: string | null;
  /** The servers to register in; everywhere when empty. */
  readonly guilds: readonly string[];
  readonly commands: readonly CommandSpec[];
  /** Those of the kind `registered`. */
  readonly records: SurfaceRecords<RegisteredRecord>;
  /** Look for duplicates although nothing has changed. */
  readonly thorough: boolean;
  readonly signal: AbortSignal;
}

export interface RegisteredScope {
  /** Null: everywhere. */
  readonly guild: string | null;
  readonly state: 'registered' | 'unchanged' | 'failed';
  /** Names of the commands. */
  readonly commands: readonly string[];
  readonly problem: UserError | null;
}

export interface Registration {
  readonly application: { readonly id: string; readonly name: string };
  readonly scopes: readonly RegisteredScope[];
  /** Where commands of ours were taken away: they would have stood there twice, or serve no more. */
  readonly cleared: readonly { readonly guild: string | null; readonly commands: readonly string[] }[];
  readonly invite: string;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly type: number;
}

interface Registering {
  readonly rest: REST;
  readonly application: string;
  readonly options: RegisterOptions;
}

/** Longer than this nobody waits: it is the limit of a day. discord.js itself would wait, or ask on and on where it is told no time. */
const longestWaitMs = 60_000;
const mostGuilds = 200;

/**
 * Tells Discord of the commands, once in each configured server or once for all: where Discord has the same already, nothing is
 * written. Commands of ours that would then stand there twice are taken away. A server that refuses is one of the scopes; rejects with
 * UserErrors where nothing can be registered at all (`discord-sign-in`, `discord-unreachable`, `discord-limited`).
 */
export async function registerCommands(options: RegisterOptions): Promise<Registration> {
  const rest = restFor(options);
  try {
    const application = await whoami(rest, options);
    const registering = { rest, application: application.id, options };
    const wanted = options.guilds.length === 0 ? [null] : [...new Set(options.guilds)];
    const scopes: RegisteredScope[] = [];
    for (const guild of wanted) scopes.push(await registerIn(guild, registering));
    const settled = scopes.every(({ state }) => state !== 'failed');
    const changed = scopes.some(({ state }) => state === 'registered');
    const cleared = settled ? await clearOthers(wanted, changed || options.thorough, registering) : [];
    return { application, scopes, cleared, invite: inviteLink(application.id) };
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/**
 * The same at the start of the surface: it answers mentions whatever comes of this, so that problems are logged and nothing rejects.
 */
export async function keepRegistered(options: Omit<RegisterOptions, 'thorough'>, log: Log): Promise<void> {
  try {
    const { scopes, cleared } = await registerCommands({ ...options, thorough: false });
    for (const { guild, state, problem } of scopes) {
      if (problem !== null) log.warn(problem.hint === null ? problem.message : `${problem.message} ${problem.hint}`);
      else log.info(`commands: ${state}`, { guild });
    }
    for (const { guild, commands } of cleared) log.info('commands were taken away', { guild, commands });
  } catch (error) {
    const { message, hint } = registrationProblem(error, null, '');
    if (!options.signal.aborted) log.warn(hint === null ? message : `${message} ${hint}`);
  }
}

function restFor({ token, apiUrl }: RegisterOptions): REST {
  return new REST({
    ...(apiUrl === null ? {} : { api: apiUrl }),
    rejectOnRateLimit: ({ retryAfter }) => retryAfter <= 0 || retryAfter > longestWaitMs,
  }).setToken(token);
}

async function whoami(rest: REST, { token, signal }: RegisterOptions): Promise<Registration['application']> {
  try {
    const found = fields(await rest.get(Routes.currentApplication(), { signal }));
    return { id: text(found.id), name: text(found.name) };
  } catch (error) {
    if (outcomeOf(error).kind !== 'refused') throw registrationProblem(error, null, '');
    // Some gateways between us and Discord do not let this one through; the bot has its application's id.
    const bot = await ownUser(rest, token, signal);
    return { id: text(bot.id), name: text(bot.username) || 'the application' };
  }
}

async function registerIn(guild: string | null, registering: Registering): Promise<RegisteredScope> {
  const { options, application } = registering;
  const bodies = discordCommands(options.commands, guild === null ? 'global' : 'guild');
  const names = bodies.map(nameOf);
  const hash = createHash('sha256').update(JSON.stringify(bodies)).digest('hex');
  const key = keyOf(application, guild);
  const scope = { guild, commands: bodies.map(({ name }) => name), problem: null };
  try {
    const before = await options.records.get(key);
    if (before?.hash === hash && isSame(names, await commandsIn(guild, registering)))
      return { ...scope, state: 'unchanged' };
    await put(guild, bodies, registering);
    await options.records.set(key, { hash, names });
    return { ...scope, state: 'registered' };
  } catch (error) {
    const problem = registrationProblem(error, guild, application);
    if (problem.code !== 'discord-guild') throw problem;
    return { ...scope, commands: [], state: 'failed', problem };
  }
}

/** Somebody may have taken them away since: with the application, for instance, when it was added to the server again. */
function isSame(names: readonly string[], found: readonly Known[]): boolean {
  const there = new Set(found.map(nameOf));
  return there.size === names.length && names.every((name) => there.has(name));
}

/** A command stands twice where it is registered for one server and for all. */
async function clearOthers(
  wanted: readonly (string | null)[],
  look: boolean,
  registering: Registering,
): Promise<Registration['cleared']> {
  const { application, options } = registering;
  const remembered = await rememberedScopes(registering);
  const found = !look ? [] : wanted.includes(null) ? await guildsOf(registering) : [null];
  const others = [...new Set([...remembered, ...found])].filter((guild) => !wanted.includes(guild));
  const cleared: { guild: string | null; commands: readonly string[] }[] = [];
  for (const guild of others) {
    const commands = await clear(guild, registering);
    if (commands.length > 0) cleared.push({ guild, commands });
    await options.records.delete(keyOf(application, guild));
  }
  return cleared;
}

async function clear(guild: string | null, registering: Registering): Promise<readonly string[]> {
  const { options, application, rest } = registering;
  const remembered = await options.records.get(keyOf(application, guild));
  const ours = new Set([...discordCommands(options.commands, 'guild').map(nameOf), ...(remembered?.names ?? [])]);
  try {
    const found = await commandsIn(guild, registering);
    const mine = found.filter((command) => ours.has(nameOf(command)));
    if (mine.length === found.length && mine.length > 0) await put(guild, [], registering);
    else for (const { id } of mine) await rest.delete(routeOf(application, guild, id), { signal: options.signal });
    return mine.map(({ name }) => name);
  } catch (error) {
    // Where we are no longer, there is nothing of ours.
    if (isAway(error)) return [];
    throw registrationProblem(error, guild, application);
  }
}

async function rememberedScopes({ application, options }: Registering): Promise<readonly (string | null)[]> {
  const scopes: (string | null)[] = [];
  for await (const [key] of options.records.entries()) {
    const [owner, scope = ''] = key.split(':');
    if (owner === application) scopes.push(scope === 'global' ? null : scope);
  }
  return scopes;
}

async function guildsOf({ rest, application, options }: Registering): Promise<readonly string[]> {
  try {
    const query = new URLSearchParams({ limit: String(mostGuilds) });
    const found = await rest.get(Routes.userGuilds(), { query, signal: options.signal });
    return list(found).map((guild) => text(fields(guild).id));
  } catch (error) {
    throw registrationProblem(error, null, application);
  }
}

async function commandsIn(
  guild: string | null,
  { rest, application, options }: Registering,
): Promise<readonly Known[]> {
  const found = await rest.get(routeOf(application, guild), { signal: options.signal });
  return list(found)
    .map(fields)
    .map(({ id, name, type }) => ({ id: text(id), name: text(name), type: Number(type ?? 1) }));
}

async function put(guild: string | null, body: readonly DiscordCommand[], registering: Registering): Promise<void> {
  const { rest, application, options } = registering;
  await rest.put(routeOf(application, guild), { body, signal: options.signal });
}

function routeOf(application: string, guild: string | null, command?: string): `/${string}` {
  if (guild === null)
    return command === undefined
      ? Routes.applicationCommands(application)
      : Routes.applicationCommand(application, command);
  return command === undefined
    ? Routes.applicationGuildCommands(application, guild)
    : Routes.applicationGuildCommand(application, guild, command);
}

function keyOf(application: string, guild: string | null): string {
  return `${application}:${guild ?? 'global'}`;
}

function nameOf({ type = 1, name }: { readonly type?: number | undefined; readonly name: string }): string {
  return `${type}:${name}`;
}
