import { describe, expect, it } from 'vitest';
import type { OutboxPart } from '../../../src/adapters/adapter.ts';
import { renderBeginning, renderInstead, renderPart } from '../../../src/adapters/slack/render.ts';

const part: OutboxPart = {
  id: 'part1',
  turnId: 'turn1',
  position: 0,
  kind: 'answer',
  markdown: 'It is **here** [1].',
  footer: '2 agents · 1 round · 1 m 12 s',
  data: {
    citations: [
      { n: 1, agent: 'api', path: 'src/a.ts', line: 4, endLine: 9, verified: true, reason: null, excerpt: null },
      { n: 2, agent: 'web', path: null, line: null, endLine: null, verified: true, reason: null, excerpt: null },
      {
        n: 3,
        agent: 'web',
        path: '<!channel>`x',
        line: 1,
        endLine: null,
        verified: false,
        reason: 'no-such-file',
        excerpt: null,
      },
    ],
  },
  exit: 0,
  again: false,
};

describe('a part on Slack', () => {
  it('tells the person who asked, and has its sources and footer under it', async () => {
    expect(await renderPart(part, { mention: 'U0ALICE' })).toEqual({
      messages: [
        [
          '<@U0ALICE> It is *here* [1].',
          'Sources: 1 ✓ api `src/a.ts:4-9` · 2 ✓ web · 3 ✗ web `&lt;!channel&gt;ˋx:1` (no such file)',
          '_2 agents · 1 round · 1 m 12 s_',
        ].join('\n\n'),
      ],
      file: null,
    });
  });

  it('is several messages where one is too short, each short enough to be taken', async () => {
    const long = await renderPart(
      { ...part, markdown: 'A paragraph of words. \n\n'.repeat(400) },
      { mention: 'U0ALICE' },
    );
    expect(long.messages.length).toBeGreaterThan(1);
    expect(Math.max(...long.messages.map((message) => message.length))).toBeLessThan(4000);
    expect(long.messages[1]).not.toContain('<@');
    expect(long.file).toBeNull();
  });

  it('is shorter where one person alone sees it', async () => {
    const markdown = 'A paragraph of words. \n\n'.repeat(400);
    const { messages } = await renderPart({ ...part, markdown }, { mention: null, isShort: true });
    expect(Math.max(...messages.map((message) => message.length))).toBeLessThan(3000);
  });

  it('is a file beyond a few messages, with nothing left out', async () => {
    const markdown = Array.from({ length: 4000 }, (_, index) => `Line ${index} of many.`).join('\n\n');
    const { messages, file } = await renderPart({ ...part, markdown }, { mention: null });
    expect(messages).toHaveLength(2);
    expect(messages[1]).toContain('Sources: 1');
    expect(file?.name).toBe('answer-part1.md');
    expect(file?.content).toContain(markdown);
    expect(file?.content).toContain('1. ✓ api src/a.ts:4-9');
  });

  it('shows what is meant to be printed as it is as code', async () => {
    const { messages } = await renderPart(
      { ...part, data: null, footer: null, verbatim: '# not a title\n```' },
      { mention: null },
    );
    expect(messages[0]).toMatch(/^```\n# not a title\n/);
  });

  it('lets no footer and no source be longer than a message', async () => {
    const path = 'x&'.repeat(2000);
    const data = { citations: [{ n: 1, agent: 'api', path, line: null, endLine: null, verified: true, reason: null }] };
    const { messages } = await renderPart({ ...part, data }, { mention: null });
    expect(Math.max(...messages.map((message) => message.length))).toBeLessThan(4000);
  });
});

it('cuts what an agent said to one message, and says how much is missing', async () => {
  const text = await renderBeginning('Some words in a row. '.repeat(1000));
  expect(text.length).toBeLessThan(3600);
  expect(text).toMatch(/… \d+ more characters/);
  expect(await renderBeginning('short')).toBe('short');
});

describe('instead of a file that Slack did not take', () => {
  it('the text goes on where the first message ends, once, and not without end', async () => {
    const sentence = 'One more sentence of it.\n\n';
    const long = { ...part, markdown: sentence.repeat(1000) };
    const { messages } = await renderPart(long, { mention: 'U0ALICE' });
    const instead = await renderInstead(long, messages[0] ?? '', { mention: 'U0ALICE' });
    const all = [...messages, ...instead].join('\n');
    expect(all.split('One more').length - 1).toBe(1000);
    expect(all.split('<@U0ALICE>')).toHaveLength(2);
    const endless = { ...part, markdown: sentence.repeat(20_000) };
    const bounded = await renderInstead(endless, messages[0] ?? '', { mention: 'U0ALICE' });
    expect(bounded).toHaveLength(42);
    expect(bounded.at(-1)).toMatch(/^_… \d+ more characters; the history has all of it\._$/);
  });
});
