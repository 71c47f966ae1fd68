import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { createChannels } from '../../../src/adapters/slack/channels.ts';
import { clientOptions } from '../../../src/adapters/slack/web.ts';
import { createLog } from '../../../src/log.ts';
import { startSlack } from '../../support/slack/double.ts';

it('knows what a channel is, from events or by asking once; unknown ones are private', async () => {
  const slack = await startSlack();
  const log = createLog({ level: 'silent', mask: (text) => text });
  const client = new WebClient(
    'xoxb-double-bot-token',
    clientOptions({ apiUrl: slack.environment.SLACK_API_URL ?? '', log }),
  );
  const { kind } = createChannels(client, () => 0);
  expect(await kind('C1', 'channel')).toEqual({ direct: false, private: false });
  expect(await kind('C1', null)).toEqual({ direct: false, private: false });
  expect(await kind('C2', 'mpim')).toEqual({ direct: false, private: true });
  expect(await kind('D0ALICE', null)).toEqual({ direct: true, private: true });
  expect(slack.calls).toEqual([]);
  expect(await kind('C0GENERAL', null)).toEqual({ direct: false, private: false });
  expect(await kind('G0SECRET', null)).toEqual({ direct: false, private: true });
  expect(await kind('G0SECRET', null)).toEqual({ direct: false, private: true });
  expect(await kind('C0UNKNOWN', null)).toEqual({ direct: false, private: true });
  expect(slack.calls).toHaveLength(3);
});
