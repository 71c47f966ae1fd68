import { expect, it } from 'vitest';
import { pastedTables } from '../../../src/adapters/slack/pasted-tables.ts';
import { startBench } from '../../support/slack/bench.ts';

const cell = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const table = {
  type: 'table',
  rows: [
    [
      { type: 'raw_text', text: 'name' },
      { type: 'raw_text', text: 'a | b' },
    ],
    [
      cell({ type: 'text', text: 'api <1>\n' }, { type: 'text', text: 'two' }),
      cell({ type: 'link', url: 'https://a.example' }),
    ],
  ],
};

it('reads a pasted table as markdown, escaped as Slack’s own text is', () => {
  expect(pastedTables([{ id: 1, fallback: '[no preview available]', blocks: [table] }])).toEqual([
    '| name | a \\| b |\n| --- | --- |\n| api &lt;1&gt; two | https://a.example |',
  ]);
});

it('finds none in previews of links, nor in what has no shape', () => {
  expect(pastedTables([{ from_url: 'https://a.example', blocks: [table] }])).toEqual([]);
  for (const nothing of [undefined, null, 'x', [null], [{ blocks: 'x' }], [{ blocks: [{ type: 'table' }, null] }]])
    expect(pastedTables(nothing)).toEqual([]);
});

it('reaches the agent that is asked about it', async () => {
  const bench = await startBench({
    agents: ['api'],
    script: { logPrompt: 10_000, otherwise: { answer: 'the answer' } },
  });
  const ts = bench.slack.workspace.nextTs();
  const message = { type: 'app_mention', channel: 'C0GENERAL', channel_type: 'channel', user: 'U0ALICE', ts };
  await bench.slack.event({ ...message, text: '<@U0TUTTI> which one?', attachments: [{ id: 1, blocks: [table] }] });
  await bench.posted('the answer');
  const prompt = bench.scene.calls()[0]?.prompt ?? '';
  expect(prompt).toContain('which one?');
  expect(prompt).toContain('| api <1> two |');
});
