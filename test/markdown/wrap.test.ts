import { describe, expect, it } from 'vitest';
import { plainText, span } from '../../src/markdown/spans.ts';
import { widthOf, wrap } from '../../src/markdown/wrap.ts';

function lines(text: string, width: number): readonly string[] {
  return wrap([span(text)], width).map(plainText);
}

describe('wrap', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one  two', 8, ['one  two']],
    ['one  two', 7, ['one', 'two']],
    ['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
    ['hard\nbreak', 20, ['hard', 'break']],
    ['日本語の文', 6, ['日本語', 'の文']],
    ['x abc日', 6, ['x abc', '日']],
    ['abc日本語', 5, ['abc日', '本語']],
    ['see 日本語', 8, ['see 日本', '語']],
    ['👩‍👩‍👧👩‍👩‍👧', 2, ['👩‍👩‍👧', '👩‍👩‍👧']],
    ['', 5, ['']],
    ['x', 0, ['x']],
  ])('breaks %j at %i', (text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('breaks no word where only its style changes', () => {
    const wrapped = wrap([span('some '), span('bold', 'bold'), span(', and more')], 10);
    expect(wrapped.map(plainText)).toEqual(['some bold,', 'and more']);
    expect(wrapped[0]).toEqual([span('some '), span('bold', 'bold'), span(',')]);
  });

  it('measures what characters take on the screen', () => {
    expect(widthOf([span('日本'), span('👍', 'bold'), span('é')])).toBe(7);
  });
});
