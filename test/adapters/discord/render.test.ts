import { expect, it } from 'vitest';
import type { OutboxPart } from '../../../src/adapters/adapter.ts';
import { renderAnnouncement, renderBeginning, renderPart } from '../../../src/adapters/discord/render.ts';
import { citation } from '../../support/citation.ts';

const part: OutboxPart = {
  id: 'part1',
  turnId: 'turn1',
  position: 0,
  kind: 'answer',
  markdown: 'It is **here** [1].',
  footer: '2 agents · 1 round · cost unknown: codex_x',
  data: {
    citations: [
      citation,
      { ...citation, n: 2, agent: 'my_web', path: '<@1>`x', endLine: null, verified: false, reason: 'no-such-file' },
    ],
  },
  exit: 0,
  again: false,
};

it('puts sources and footer under the text, and the mention before it', async () => {
  expect(await renderPart(part, { mention: '42' })).toEqual({
    messages: [
      '<@42> It is **here** [1].\n\nSources: 1 ✓ api `src/a.ts:4-9` · 2 ✗ my_web `<\u200b@1>ˋx:4` (no such file)\n\n-# 2 agents · 1 round · cost unknown: codex_x',
    ],
    file: null,
  });
});

it('makes a beginning and a file of what is too long for a few messages, none of them too long', async () => {
  const markdown = 'Words of the answer.\n\n'.repeat(2000);
  const { messages, file } = await renderPart({ ...part, markdown }, { mention: '1'.repeat(20) });
  expect(file?.name).toBe('answer-part1.md');
  expect(file?.content).toContain('## Sources\n\n1. ✓ api src/a.ts:4-9');
  expect(messages.length).toBeLessThanOrEqual(3);
  expect(messages.join('\n')).toContain('-# … the whole text is in the file below.');
  for (const message of messages) expect(message.length).toBeLessThanOrEqual(2000);
  const middle = await renderPart({ ...part, markdown: 'Words of the answer.\n\n'.repeat(200) }, { mention: '42' });
  expect(middle.file).toBeNull();
  for (const message of middle.messages) expect(message.length).toBeLessThanOrEqual(2000);
});

it('shows what a command prints as it is', async () => {
  const { messages } = await renderPart(
    { ...part, verbatim: '{"a": "```"}', data: null, footer: null },
    { mention: null },
  );
  expect(messages[0]).toMatch(/^```\n\{"a": "`/);
});

it('shows the beginning of what an agent says, and how much there is more', async () => {
  expect(await renderBeginning('short')).toBe('short');
  const long = await renderBeginning('Words of an agent.\n\n'.repeat(500));
  expect(long.length).toBeLessThanOrEqual(1900);
  expect(long).toMatch(/-# … \d+ more characters; the history has all of it\.$/);
});

it('announces a question as dead text', () => {
  expect(renderAnnouncement('42', '# why *so*?\n<@1>')).toBe('<@42> asks: \\# why \\*so\\*?\n<\u200b@1>');
  expect(renderAnnouncement('42', '\\'.repeat(4000)).length).toBeLessThan(1600);
});
