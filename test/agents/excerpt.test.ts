import { expect, test } from 'vitest';
import { createExcerpt } from '../../src/agents/excerpt.ts';

test('A text within the limit is kept whole', () => {
  const excerpt = createExcerpt(10);
  for (const part of ['12345', '', '67', '890']) excerpt.add(part);
  expect(excerpt).toMatchObject({ head: '1234567890', tail: '', truncated: false, characters: 10 });
});

test('Of a longer one the first and the last half are kept, in whatever pieces it comes', () => {
  for (const size of [1, 3, 7, 100]) {
    const excerpt = createExcerpt(10);
    const text = Array.from({ length: 100 }, (_, index) => String(index % 10)).join('');
    for (let start = 0; start < text.length; start += size) excerpt.add(text.slice(start, start + size));
    expect(excerpt).toMatchObject({ head: '01234', tail: '56789', truncated: true, characters: 100 });
  }
});

test('A character that is two code units is never cut in half', () => {
  const excerpt = createExcerpt(6);
  excerpt.add('ab🌍 in the middle 🌍yz');
  expect(excerpt.head).toBe('ab');
  expect(excerpt.tail).toBe('yz');
});
