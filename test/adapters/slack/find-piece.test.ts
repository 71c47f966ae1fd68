import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { findPiece } from '../../../src/adapters/slack/find-piece.ts';
import { clientOptions } from '../../../src/adapters/slack/web.ts';
import { createLog } from '../../../src/log.ts';
import { startSlack } from '../../support/slack/double.ts';

const log = createLog({ level: 'silent', mask: (text) => text });

it('finds a message by what it carries, beyond the first page, and nothing that only looks like it', async () => {
  const slack = await startSlack({ postIntervalMs: 0 });
  const client = new WebClient(
    'xoxb-double-bot-token',
    clientOptions({ apiUrl: slack.environment.SLACK_API_URL ?? '', log }),
  );
  const since = new Date().toISOString();
  const add = (part: string | null) =>
    slack.workspace.add({
      ...{
        channel: 'C0GENERAL',
        threadTs: null,
        user: null,
        username: null,
        text: 'x',
        blocks: [],
        files: [],
        ephemeralFor: null,
      },
      metadata: part === null ? null : { event_type: 'tutti_part', event_payload: { part } },
    });
  const wanted = add('p1');
  for (let index = 0; index < 250; index += 1) add(index % 2 === 0 ? `other-${index}` : null);
  const find = (id: string) => findPiece(client, { id, lane: 'C0GENERAL', since, text: 'the words' }, null);
  expect(await find('p1')).toBe(wanted.ts);
  expect(await find('p')).toBeNull();
  const bare = { ...add(null), text: 'the words' };
  slack.workspace.channel('C0GENERAL')?.messages.push(bare);
  expect(await find('unknown')).toBe(bare.ts);
});
