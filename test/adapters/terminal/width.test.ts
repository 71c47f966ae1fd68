import { describe, expect, it } from 'vitest';
import { clip, column, widthOf, wrapWords } from '../../../src/adapters/terminal/width.ts';

describe('the width of text in a terminal', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['👨‍👩‍👧', 2],
    ['e\u0301', 1],
    ['\x1b[31mred\x1b[39m', 3],
    ['✓ ○ …', 5],
  ])('%s takes its cells', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });
});

describe('text in a column', () => {
  it('is cut with an ellipsis, never through a wide letter, and colours end there', () => {
    expect(clip('hello world', 6)).toBe('hello…');
    expect(clip('日本語', 4)).toBe('日…');
    expect(clip('fits', 4)).toBe('fits');
    expect(clip('x', 0)).toBe('');
    expect(clip('\x1b[31mred letters', 5)).toBe('\x1b[31mred …\x1b[0m');
  });

  it('is filled up to its width', () => {
    expect(column('ab', 4)).toBe('ab  ');
    expect(column('日本語', 4)).toBe('日… ');
  });
});

describe('text in lines', () => {
  it.each([
    ['one two three', 8, ['one two', 'three']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['日本語 です', 6, ['日本語', 'です']],
    ['日本語', 3, ['日', '本', '語']],
    ['', 5, ['']],
    ['fits', 4, ['fits']],
  ])('%j in %i cells', (text, cells, lines) => {
    expect(wrapWords(text, cells)).toEqual(lines);
  });
});
