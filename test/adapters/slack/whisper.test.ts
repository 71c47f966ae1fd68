import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { clientOptions } from '../../../src/adapters/slack/web.ts';
import { createWhisper } from '../../../src/adapters/slack/whisper.ts';
import { createLog } from '../../../src/log.ts';
import { startSlack } from '../../support/slack/double.ts';

it('tells one person, through the address that came with a command and, when that is used up, in the channel, or directly', async () => {
  const slack = await startSlack();
  const log = createLog({ level: 'silent', mask: (text) => text });
  const client = new WebClient(
    'xoxb-double-bot-token',
    clientOptions({ apiUrl: slack.environment.SLACK_API_URL ?? '', log }),
  );
  const whisper = createWhisper(client, log);
  const { responseUrl } = await slack.command('/x', '');
  const to = { channel: 'C0GENERAL', thread: null, user: 'U0ALICE', respond: responseUrl };
  for (let index = 0; index < 6; index += 1) await whisper.say(to, `text ${index}`);
  expect(slack.whispers('U0ALICE').map(({ text }) => text)).toEqual(
    Array.from({ length: 6 }, (_, index) => `text ${index}`),
  );
  expect(slack.calls.filter(({ method }) => method === 'chat.postEphemeral')).toHaveLength(1);
  await whisper.say({ ...to, channel: 'C0OUTSIDE', respond: null }, 'not there');
  expect(slack.posts('D0ALICE').map(({ text }) => text)).toEqual(['not there']);
  slack.outage(true);
  await whisper.say(to, 'lost');
});
