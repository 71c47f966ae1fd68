import { LogLevel, WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { outcomeOf, tokenProblem } from '../../../src/adapters/slack/outcome.ts';
import { startSlack } from '../../support/slack/double.ts';

it('knows what each failure of a call means', async () => {
  const slack = await startSlack();
  const web = new WebClient('xoxb-double-bot-token', {
    slackApiUrl: slack.environment.SLACK_API_URL ?? '',
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
  });
  const outcome = async (error: string | null) => {
    if (error !== null) slack.refuse('chat.postMessage', error);
    return web.chat.postMessage({ channel: 'C0GENERAL', text: 'x' }).then(() => null, outcomeOf);
  };
  expect(await outcome(null)).toBeNull();
  expect(await outcome(null)).toEqual({ kind: 'limited', afterMs: 1000 });
  expect(await outcome('is_archived')).toMatchObject({ kind: 'refused', code: 'is_archived' });
  // A channel that the bot is not in, and nothing about the token.
  expect(await outcome('no_permission')).toMatchObject({ kind: 'refused', code: 'no_permission' });
  expect(await outcome('token_revoked')).toEqual({ kind: 'signed-out', code: 'token_revoked' });
  expect(await outcome('internal_error')).toMatchObject({ kind: 'unsure' });
  // The page of a proxy in between, which the client takes for the name of an error.
  expect(await outcome('<html>Gateway</html>')).toMatchObject({ kind: 'unsure', message: 'no answer of Slack’s' });
  slack.outage(true);
  expect(await outcome(null)).toMatchObject({ kind: 'unsure' });
});

it('names a missing scope and its fix, and which token does not serve', async () => {
  const slack = await startSlack({ scopes: ['chat:write'] });
  const web = new WebClient('xoxb-double-bot-token', {
    slackApiUrl: slack.environment.SLACK_API_URL ?? '',
    logLevel: LogLevel.ERROR,
  });
  const outcome = await web.usergroups.list().then(() => null, outcomeOf);
  expect(outcome).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('usergroups:read is missing: add it'),
  });
  expect(tokenProblem('invalid_auth', 'SLACK_APP_TOKEN')).toMatchObject({
    code: 'slack-sign-in',
    message: 'Slack does not accept $SLACK_APP_TOKEN (invalid_auth).',
    exit: 2,
  });
});
