import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { contentOf, statusEdits } from '../../../src/adapters/slack/status-message.ts';
import { clientOptions } from '../../../src/adapters/slack/web.ts';
import { closeLeft, type StatusRecord } from '../../../src/adapters/status-message.ts';
import { createLog } from '../../../src/log.ts';
import { createCollections } from '../../../src/store/collections.ts';
import { startBench } from '../../support/slack/bench.ts';
import { startSlack } from '../../support/slack/double.ts';
import { storeForTest } from '../../support/store/store.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('the status of a turn', () => {
  it('has a line for each agent, dead text all of it, and a button while it runs', () => {
    const rows = [{ mark: '…' as const, agent: 'api', text: 'reading <!channel>' }];
    const { text, blocks } = contentOf({ turnId: 't1', head: 'asking *api* …', rows, closed: false }, 'c1');
    expect(text).toBe('*asking api …*\n… api  reading &lt;!channel&gt;');
    expect(JSON.stringify(blocks)).toContain(JSON.stringify(JSON.stringify({ conversation: 'c1', turn: 't1' })));
    expect(contentOf({ turnId: 't1', head: 'done', rows, closed: true }, 'c1').blocks).toHaveLength(1);
  });

  it('fits into a message however many agents there are', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      mark: '✗' as const,
      agent: `a${index}`,
      text: '&'.repeat(300),
    }));
    expect(contentOf({ turnId: null, head: 'x', rows, closed: false }, 'c').text.length).toBeLessThan(3000);
  });

  it('is posted once and edited, and one that a dead process left is closed', async () => {
    const scene = { agents: ['api'], script: { agents: { api: [{ hang: true }, { answer: 'the answer' }] } } };
    const first = await startBench(scene);
    await first.slack.say('<@U0TUTTI> go');
    await waitFor(() => first.scene.calls().some((call) => call.event === 'hang'), 'it runs');
    await waitFor(() => first.slack.posts().length === 1, 'its status stands there');
    await first.stop();
    const second = await startBench({ ...scene, slack: first.slack, scene: first.scene });
    await second.posted('the answer');
    await second.idle();
    await waitFor(() => second.slack.posts()[0]?.blocks.length === 1, 'the status is closed');
    expect(second.slack.posts()).toHaveLength(2);
    expect(second.slack.posts()[0]?.text).toMatch(/^\*answered/);
  });

  it('is closed at the next start where its process died after the answer, and left where its turn goes on', async () => {
    const slack = await startSlack({ postIntervalMs: 0 });
    const log = createLog({ level: 'silent', mask: (text) => text });
    const client = new WebClient(
      'xoxb-double-bot-token',
      clientOptions({ apiUrl: slack.environment.SLACK_API_URL ?? '', log }),
    );
    const records = createCollections(storeForTest()).collection<StatusRecord>('status');
    const open = contentOf({ turnId: 't', head: 'asking api …', rows: [], closed: false }, 'c');
    for (const key of ['left', 'ours']) {
      const { ts = null } = await client.chat.postMessage({ channel: 'C0GENERAL', ...open });
      await records.set(key, { channel: 'C0GENERAL', ts });
    }
    await closeLeft({ port: statusEdits(client, ''), records }, (key) => key === 'ours');
    expect(slack.posts().map(({ text }) => text)).toEqual(['*ended*', '*asking api …*']);
    expect(await records.get('left')).toBeUndefined();
    expect(await records.get('ours')).toBeDefined();
  });
});
