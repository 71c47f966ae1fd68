import { expect, test } from 'vitest';
import { shares, shorten } from '../../src/moderator/shorten.ts';

test('what fits stays as it is', () => {
  expect(shorten('as it is', 8)).toBe('as it is');
});

test('a long text keeps its beginning, its end and every paragraph with a path:line, and says what is missing', () => {
  const filler = Array.from({ length: 400 }, (_, index) => `Paragraph ${index} says nothing of use here.`).join('\n\n');
  const text = `BEGINNING\n\n${filler}\n\nThe clock is read in src/clock.ts:42 and\nnowhere else.\n\n${filler}\n\nSee lib/a/b.py:7-9.\n\n${filler}\n\nEND`;
  const short = shorten(text, 4_000);
  expect(short.length).toBeLessThanOrEqual(4_000);
  expect(short.startsWith('BEGINNING')).toBe(true);
  expect(short.endsWith('END')).toBe(true);
  expect(short).toContain('The clock is read in src/clock.ts:42 and\nnowhere else.');
  expect(short).toContain('See lib/a/b.py:7-9.');
  const [, missing = ''] = /(\d+) of \d+ characters left out/.exec(short) ?? [];
  expect(Number(missing)).toBeGreaterThan(text.length - 4_000);
});

test('a flood of places stays within the limit, and that there were more is said', () => {
  const text = Array.from({ length: 5_000 }, (_, index) => `At src/file${index}.ts:${index} something happens.`).join(
    '\n\n',
  );
  const short = shorten(text, 5_000);
  expect(short.length).toBeLessThanOrEqual(5_000);
  expect(short).toMatch(/among them further places with a path:line/);
});

test('of a paragraph that is too long by itself, the lines with a place are kept', () => {
  const noise = 'x '.repeat(20_000);
  const short = shorten(`start\n\n${noise}\nsee src/deep.ts:12 there\n${noise}\n\nend`, 3_000);
  expect(short).toContain('see src/deep.ts:12 there');
  expect(short.length).toBeLessThanOrEqual(3_000);
});

test('a text with more places than fit in one line keeps the first ones', () => {
  const short = shorten('see a/b.ts:1 and '.repeat(10_000), 2_000);
  expect(short.length).toBeLessThanOrEqual(2_000);
  expect(short).toContain('a/b.ts:1');
});

test('short texts stay whole, and the long ones share what they leave', () => {
  expect(shares([10, 1_000, 1_000], 510)).toEqual([10, 250, 250]);
  expect(shares([10, 20], 510)).toEqual([10, 20]);
  expect(shares([10, 20], -5)).toEqual([0, 0]);
});
