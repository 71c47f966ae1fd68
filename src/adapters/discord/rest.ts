import { REST, Routes } from 'discord.js';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { reasonOf } from '../outcome.ts';
import { fields, text } from '../untyped.ts';
import { outcomeOf, tokenProblem } from './outcome.ts';
import { isId } from './snowflake.ts';

/** Who we are on Discord, and what we may hear. */
export interface Identity {
  readonly application: string;
  readonly userId: string;
  /** Whether messages that do not mention us arrive with what they say. */
  readonly readsContent: boolean;
}

export interface DiscordRest {
  readonly rest: REST;
  /** For webhooks: waits longer, as nothing there recognises a repeat. */
  readonly patient: REST;
  readonly identity: Identity;
}

export interface RestOptions {
  readonly token: string;
  /** Ends in `/api`. Null: Discord itself. */
  readonly apiUrl: string | null;
  readonly log: Log;
}

const timeoutMs = 15_000;
const patientMs = 60_000;
/** Flags of an application: the Message Content Intent is on, for large bots and for small ones. */
const contentFlags = 2 ** 18 + 2 ** 19;

/**
 * Options of every client that we make. Repeating is ours: discord.js would post again after 15 s of silence what may stand there
 * already. Waiting for limits is the library's, call by call in its route's queue; but an edit that waits would hold up those of others.
 */
export function restOptions({ apiUrl }: Pick<RestOptions, 'apiUrl'>, timeout = timeoutMs) {
  return {
    ...(apiUrl === null ? {} : { api: apiUrl }),
    retries: 0,
    timeout,
    rejectOnRateLimit: ({ method }: { readonly method: string }) => method === 'PATCH',
  };
}

/** Signs in. Rejects with UserError `discord-sign-in` for a token that does not serve, or `discord-unreachable`. */
export async function openRest(options: RestOptions): Promise<DiscordRest> {
  const rest = new REST(restOptions(options)).setToken(options.token);
  const patient = new REST(restOptions(options, patientMs)).setToken(options.token);
  const userId = text((await ownUser(rest, options.token)).id);
  // Where Discord does not tell, it is tried.
  const application = fields(await rest.get(Routes.currentApplication()).catch(() => null));
  const { flags } = application;
  const readsContent = typeof flags !== 'number' || (flags & contentFlags) !== 0;
  if (!readsContent)
    options.log.warn(
      'the Message Content Intent is off: only mentions, replies and direct messages are heard (page "Bot" of the Discord application)',
    );
  return { rest, patient, identity: { application: text(application.id) || userId, userId, readsContent } };
}

/**
 * The bot's own user, with its `id` at least. Rejects with UserError `discord-sign-in` for a token that does not serve, or
 * `discord-unreachable`.
 */
export async function ownUser(rest: REST, token: string, signal?: AbortSignal): Promise<ReturnType<typeof fields>> {
  try {
    return fields(await rest.get(Routes.user(), signal === undefined ? {} : { signal }));
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.kind === 'signed-out') throw tokenProblem(outcome.code);
    // Some gateways between us and Discord let few routes through; a token begins with the bot's id.
    const id = Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString();
    if (outcome.kind === 'refused' && isId(id)) return { id };
    throw new UserError('discord-unreachable', `Discord cannot be reached: ${reasonOf(outcome)}.`, {
      hint: 'Look at the network and at $DISCORD_API_URL, then start again.',
    });
  }
}

/** Ends the timers of the clients. */
export function closeRest({ rest, patient }: Pick<DiscordRest, 'rest' | 'patient'>): void {
  for (const one of [rest, patient]) {
    one.clearHashSweeper();
    one.clearHandlerSweeper();
  }
}
