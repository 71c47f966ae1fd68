import { expect, it } from 'vitest';
import type { OutboxPart } from '../../src/adapters/adapter.ts';
import { cut, type RenderStyle, renderBeginning, renderPart } from '../../src/adapters/render.ts';
import { citation as found } from '../support/citation.ts';

/** Splits at empty lines, and puts brackets around what it escapes. */
const style: RenderStyle = {
  show: async (markdown, { limit }) => markdown.split('\n\n').map((text) => text.slice(0, limit)),
  escape: (text) => `[${text}]`,
  aside: (text) => `(${text})`,
  code: (text) => `{${text}}`,
  halves: /&[a-z]*$/,
};
const citation = { ...found, path: 'a.ts', endLine: null };
const part: OutboxPart = {
  ...{
    id: 'p/1',
    turnId: 't',
    position: 0,
    kind: 'answer',
    markdown: 'one\n\ntwo',
    footer: 'foot',
    exit: 0,
    again: false,
  },
  data: { citations: [citation] },
} as const;

it('writes text, sources and footer, as far as they fit together', async () => {
  const limits = { limit: 200, mostMessages: 4 };
  expect(await renderPart(part, style, limits, { address: '@me ' })).toEqual({
    messages: ['@me one\n\ntwo\n\nSources: 1 ✓ [api] {a.ts:4}\n\n(foot)'],
    file: null,
  });
  const narrow = await renderPart(part, style, { limit: 32, mostMessages: 4 }, { address: '@me ' });
  expect(narrow.messages).toEqual(['@me one\n\ntwo', 'Sources: 1 ✓ [api] {a.ts:4}', '(foot)']);
});

it('names a few sources of many, and all in the file', async () => {
  const citations = Array.from({ length: 40 }, (_, index) => ({ ...citation, n: index + 1 }));
  const markdown = 'x\n\n'.repeat(9);
  const rendered = await renderPart(
    { ...part, markdown, data: { citations } },
    style,
    { limit: 2000, mostMessages: 4 },
    { address: '' },
  );
  expect(rendered.messages[0]).toContain('25 more');
  expect(rendered.messages[0]).toContain('(… the whole text is in the file below.)');
  expect(rendered.file?.name).toBe('answer-p1.md');
  expect(rendered.file?.content).toContain('40. ✓ api a.ts:4');
});

it('names a file after what is in it', async () => {
  const limits = { limit: 200, mostMessages: 1 };
  const json = JSON.stringify({ entries: ['one', 'two'] }, null, 2).replace('\n', '\n\n');
  const { file } = await renderPart(
    { ...part, kind: 'command', verbatim: json, footer: null, data: null },
    style,
    limits,
    {
      address: '',
    },
  );
  expect(file).toEqual({ name: 'command-p1.json', content: json });
});

it('says how much it leaves out of a beginning', async () => {
  expect(await renderBeginning('one', style, 500)).toBe('one');
  expect(await renderBeginning('one\n\ntwo!', style, 500)).toBe(
    'one\n(… 4 more characters; the history has all of it.)',
  );
});

it('cuts no character and no entity in half', () => {
  expect(cut('short', 10, style)).toBe('short');
  expect(cut('12345678&amp;x', 12, style)).toBe('12345678 …');
  expect(cut('1234567😀90', 10, style)).toBe('1234567 …');
});
