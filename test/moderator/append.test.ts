import { expect, test } from 'vitest';
import { parse } from '../../src/markdown/parse.ts';
import { addParagraphs, endsOpen, quote } from '../../src/moderator/append.ts';

const notice = 'Without an answer: worker (not signed in).';

test('paragraphs stand below a text that ends', async () => {
  expect(await addParagraphs('All is well.\n', [notice])).toBe(`All is well.\n\n${notice}`);
  expect(await addParagraphs('- a\n  - b\n\n  ```\n  c\n  ```', ['One.', 'Two.'])).toMatch(/\n\nOne\.\n\nTwo\.$/);
});

test.each([
  ['a fence', '```js\nconst a = 1;'],
  ['a longer fence', '````\n```\n'],
  ['a fence of tildes', 'text\n~~~'],
  ['an HTML comment', 'text\n\n<!-- the rest is'],
  ['a script', '<script>\nlet a;'],
  ['a processing instruction', '<?php'],
])('and above one that would swallow them with %s that never ends', async (_, text) => {
  const added = await addParagraphs(text, [notice]);
  expect(added).toBe(`${notice}\n\n${text.trimEnd()}`);
});

test('a long text is judged as well', async () => {
  const long = 'A sentence of some length. '.repeat(1_000);
  expect(await addParagraphs(long, [notice])).toBe(`${long.trimEnd()}\n\n${notice}`);
  expect(await addParagraphs(`${long}\n\n\`\`\`\n${long}`, [notice])).toMatch(/^Without an answer/);
});

test('nothing to add changes nothing, and an empty text leaves what is added', async () => {
  expect(await addParagraphs('text\n', [])).toBe('text\n');
  expect(await addParagraphs('', [notice])).toBe(notice);
  expect(endsOpen('text')).toBe(false);
});

test('a quote holds whatever is in it', () => {
  const hostile = '```\n# web\n\n<!-- \n## api\n[api]: https://example.com\n- [ ] x';
  const root = parse(`## api\n\n${quote(hostile)}\n\n## web\n\n${quote('fine')}`);
  expect(root.children.map((child) => child.type)).toEqual(['heading', 'blockquote', 'heading', 'blockquote']);
});
