import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { createPeople } from '../../../src/adapters/slack/people.ts';
import { clientOptions } from '../../../src/adapters/slack/web.ts';
import { createLog } from '../../../src/log.ts';
import { type DoubleOptions, startSlack } from '../../support/slack/double.ts';

async function people(groups: boolean, double: DoubleOptions = {}) {
  const slack = await startSlack(double);
  const lines: string[] = [];
  const log = createLog({ level: 'warn', mask: (text) => text, write: (line) => lines.push(line) });
  const client = new WebClient(
    'xoxb-double-bot-token',
    clientOptions({ apiUrl: slack.environment.SLACK_API_URL ?? '', log }),
  );
  return { slack, lines, ...createPeople({ client, log, groups, clock: () => 0 }) };
}

it('knows people by name, asked once, and by their ids where Slack does not tell', async () => {
  const { slack, name } = await people(false);
  expect(await Promise.all([name('U0ALICE'), name('U0ALICE'), name('U0NOBODY')])).toEqual([
    'alice',
    'alice',
    'U0NOBODY',
  ]);
  expect(slack.calls.filter(({ args }) => args.user === 'U0ALICE')).toHaveLength(1);
  slack.latencyMs = 5000;
  expect(await name('U0BOB')).toBe('U0BOB');
});

it('knows the groups of people where rules speak of them, and of no program', async () => {
  const { slack, author } = await people(true);
  expect(await author('U0BOB', false)).toEqual({ id: 'U0BOB', name: 'U0BOB', isBot: false, roles: ['S0BACKEND'] });
  expect((await author('U0BOB', true)).roles).toEqual([]);
  expect((await author('U0ALICE', false)).roles).toEqual([]);
  expect(slack.calls.filter(({ method }) => method === 'usergroups.list')).toHaveLength(1);
  const none = await people(false);
  expect((await none.author('U0BOB', false)).roles).toEqual([]);
  expect(none.slack.calls).toEqual([]);
});

it('names the scope that is missing for them', async () => {
  const { lines, author } = await people(true, { scopes: ['chat:write'] });
  expect((await author('U0BOB', false)).roles).toEqual([]);
  expect(lines.join('')).toContain('usergroups:read is missing');
});
