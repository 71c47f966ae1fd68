import { DiscordAPIError, RateLimitError } from 'discord.js';
import { messageOf, UserError } from '../../errors.ts';
import { inviteLink } from './invite.ts';
import { tokenProblem } from './outcome.ts';

const missingAccess = 50001;
const unknownGuild = 10004;
const tooManyToday = 30034;

/** Whether a server has nothing to do with us. */
export function isAway(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === missingAccess || error.code === unknownGuild);
}

/**
 * What registering was rejected with, for people: `discord-sign-in`, `discord-guild`, `discord-limited`, `discord-refused` or
 * `discord-unreachable`. UserErrors stay as they are. `guild` is the server it was about, null where it was about all.
 */
export function registrationProblem(error: unknown, guild: string | null, application: string): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof RateLimitError) return limited(error.retryAfter > 0 ? error.retryAfter : null);
  if (!(error instanceof DiscordAPIError)) return unreachable(messageOf(error));
  if (error.status === 401) return tokenProblem('401');
  if (error.code === tooManyToday) return limited(null);
  if (guild !== null && isAway(error)) {
    return new UserError('discord-guild', `Tutti may not register commands in the server ${guild}.`, {
      hint: `Add it there with ${inviteLink(application, guild)} and run tutti discord register, or take the id out of surfaces.discord.guilds.`,
    });
  }
  // Without a code of Discord's it was not Discord that answered.
  if (typeof error.code !== 'number') return unreachable(`it answers with ${error.status}`);
  return new UserError(
    'discord-refused',
    `Discord refuses the commands (${error.code}: ${inOneLine(error.message)}).`,
    {
      hint: 'What was registered before stays; mentions and replies work without.',
    },
  );
}

function limited(retryAfterMs: number | null): UserError {
  const when = retryAfterMs === null ? 'tomorrow' : `in ${Math.ceil(retryAfterMs / 60_000)} minutes`;
  return new UserError(
    'discord-limited',
    'Discord takes no new commands of this application now (200 a day and server).',
    {
      hint: `What was registered before stays. Try again ${when}: tutti discord register`,
    },
  );
}

function unreachable(why: string): UserError {
  return new UserError('discord-unreachable', `Discord cannot be reached: ${inOneLine(why)}.`, {
    hint: 'Look at the network and at $DISCORD_API_URL, then try again.',
  });
}

function inOneLine(text: string): string {
  return text.split('\n').slice(0, 3).join('; ').slice(0, 300).replace(/\.$/, '');
}
