import { expect, it } from 'vitest';
import { tokenProblem } from '../../../src/adapters/slack/outcome.ts';
import { fixedToken } from '../../../src/adapters/slack/token.ts';
import { mayCustomise, openWeb } from '../../../src/adapters/slack/web.ts';
import { createLog } from '../../../src/log.ts';
import { startSlack } from '../../support/slack/double.ts';

const signedOut = (code: string) => tokenProblem(code, 'SLACK_BOT_TOKEN');
const silent = createLog({ level: 'silent', mask: (text) => text });

it('knows who it is and what it may do', async () => {
  const slack = await startSlack();
  const { identity } = await openWeb({
    token: fixedToken('xoxb-double-bot-token'),
    apiUrl: slack.environment.SLACK_API_URL ?? '',
    log: silent,
    signedOut,
  });
  expect(identity).toMatchObject({ team: 'T0TEAM', userId: 'U0TUTTI', botId: 'B0TUTTI' });
  expect(mayCustomise(identity)).toBe(true);
  expect(mayCustomise({ ...identity, scopes: new Set(['chat:write']) })).toBe(false);
});

it('ends with one clear line where the token does not serve or a scope is missing', async () => {
  const slack = await startSlack({ scopes: ['commands'] });
  const apiUrl = slack.environment.SLACK_API_URL ?? '';
  await expect(openWeb({ token: fixedToken('xoxb-wrong'), apiUrl, log: silent, signedOut })).rejects.toMatchObject({
    code: 'slack-sign-in',
    message: expect.stringContaining('$SLACK_BOT_TOKEN (invalid_auth)'),
  });
  await expect(
    openWeb({ token: fixedToken('xoxb-double-bot-token'), apiUrl, log: silent, signedOut }),
  ).rejects.toMatchObject({
    code: 'slack-scopes',
    hint: expect.stringContaining('install the app again'),
  });
  slack.outage(true);
  await expect(
    openWeb({ token: fixedToken('xoxb-double-bot-token'), apiUrl, log: silent, signedOut }),
  ).rejects.toMatchObject({
    code: 'slack-unreachable',
  });
});

it('says what does not work without a scope', async () => {
  const slack = await startSlack({ scopes: ['chat:write', 'commands'] });
  const lines: string[] = [];
  const log = createLog({ level: 'warn', mask: (text) => text, write: (line) => lines.push(line) });
  await openWeb({
    token: fixedToken('xoxb-double-bot-token'),
    apiUrl: slack.environment.SLACK_API_URL ?? '',
    log,
    signedOut,
  });
  expect(lines.join('')).toContain('lacks the scope chat:write.customize: agents speak under the name of the bot');
});
