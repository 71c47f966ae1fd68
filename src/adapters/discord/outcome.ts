import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { messageOf, UserError } from '../../errors.ts';
import type { Outcome } from '../outcome.ts';

/** Discord's numbers for what went wrong, as far as something is done about it. */
export const codes = {
  unknownRoute: '0',
  unknownChannel: '10003',
  unknownMessage: '10008',
  unknownWebhook: '10015',
  unknownInteraction: '10062',
  missingAccess: '50001',
  missingPermissions: '50013',
  archivedThread: '50083',
  threadExists: '160004',
  lockedThread: '160005',
} as const;

/** Reads what a call was rejected with. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof RateLimitError) return { kind: 'limited', afterMs: Math.max(250, error.retryAfter) };
  if (error instanceof DiscordAPIError) {
    const code = String(error.code);
    // An interaction's token that is over is 401 too, and says nothing about ours.
    if (error.status === 401 && error.code !== 50027) return { kind: 'signed-out', code: '401' };
    return { kind: 'refused', code, message: `${code} ${firstLine(error.message)}` };
  }
  if (error instanceof HTTPError) return { kind: 'unsure', message: `HTTP ${error.status}` };
  const message = messageOf(error);
  // What discord.js says once a call was answered with 401.
  if (message.includes('Expected token to be set')) return { kind: 'signed-out', code: '401' };
  return { kind: 'unsure', message };
}

/** Whether it was refused for one of these reasons. */
export function isRefusedFor(error: unknown, ...reasons: readonly (keyof typeof codes)[]): boolean {
  const outcome = outcomeOf(error);
  return outcome.kind === 'refused' && reasons.some((reason) => codes[reason] === outcome.code);
}

/** The one line that ends the process when the token does not serve (any more). */
export function tokenProblem(code: string): UserError {
  return new UserError('discord-sign-in', `Discord does not accept $DISCORD_TOKEN (${code}).`, {
    hint: 'Copy the token from the page "Bot" of the application (https://discord.com/developers/applications) into it.',
    exit: 2,
  });
}

/** The one line that ends the process when the gateway does not want us; null for what passes. */
export function closeProblem(code: number): UserError | null {
  const problem = (name: string, message: string, hint: string) => new UserError(name, message, { hint, exit: 2 });
  switch (code) {
    case 4004:
      return tokenProblem('4004');
    case 4013:
      return problem(
        'discord-intents',
        'Discord knows none of such intents (4013).',
        'Look at $DISCORD_API_URL, or surfaces.discord.apiUrl: behind it stands something that is not Discord of today.',
      );
    case 4014:
      return problem(
        'discord-intents',
        'The Discord application may not use the Message Content Intent (4014).',
        'Switch it on on the page "Bot" of the application, or off there, and start again: then mentions and replies are heard only.',
      );
    case 4010:
    case 4011:
      return problem(
        'discord-sharding',
        `This bot is in too many servers for one process (${code}).`,
        'Use an application of your own for each group of servers.',
      );
    case 4012:
      return problem('discord-version', 'Discord has given up this version of its gateway (4012).', 'Update Tutti.');
    default:
      return null;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
