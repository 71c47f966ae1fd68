import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { expect, it } from 'vitest';
import { isAway, registrationProblem } from '../../../src/adapters/discord/registration-problem.ts';
import { UserError } from '../../../src/errors.ts';

function refused(status: number, code: number, message = 'No'): DiscordAPIError {
  return new DiscordAPIError({ code, message }, code, status, 'PUT', 'https://discord.com/api/v10/x', {
    files: undefined,
    body: undefined,
  });
}

const limit = new RateLimitError({
  timeToReset: 7_200_000,
  limit: 1,
  method: 'PUT',
  hash: 'hash',
  url: 'https://discord.com/api/v10/x',
  route: '/applications/:id/commands',
  majorParameter: '110',
  global: false,
  retryAfter: 7_200_000,
  sublimitTimeout: 0,
  scope: 'user',
});

it.each([
  [refused(401, 0, '401: Unauthorized'), 'discord-sign-in', /\$DISCORD_TOKEN/, /developers\/applications/],
  [refused(403, 50001), 'discord-guild', /server 220/, /client_id=110.*guild_id=220.*surfaces\.discord\.guilds/],
  [refused(404, 10004), 'discord-guild', /server 220/, /guild_id=220/],
  [refused(400, 30034), 'discord-limited', /200 a day/, /tomorrow/],
  [limit, 'discord-limited', /200 a day/, /in 120 minutes/],
  [
    refused(400, 50035, 'Invalid Form Body\n0.name: bad'),
    'discord-refused',
    /50035: Invalid Form Body; 0\.name: bad/,
    /stays/,
  ],
  [
    new HTTPError(502, 'Bad Gateway', 'PUT', 'https://x', { files: undefined, body: undefined }),
    'discord-unreachable',
    /Bad Gateway/,
    /DISCORD_API_URL/,
  ],
  [new Error('connect ECONNREFUSED'), 'discord-unreachable', /ECONNREFUSED/, /DISCORD_API_URL/],
] as const)('says what went wrong and what to do: %s', (error, code, message, hint) => {
  expect(registrationProblem(error, '220', '110')).toMatchObject({
    code,
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});

it('leaves alone what is said for people already', () => {
  const problem = new UserError('store-failed', 'The disk is gone.');
  expect(registrationProblem(problem, null, '')).toBe(problem);
});

it('knows a server that has nothing to do with us', () => {
  expect([refused(403, 50001), refused(404, 10004), refused(403, 50013)].map(isAway)).toEqual([true, true, false]);
});
