import { describe, expect, it } from 'vitest';
import { givenWords, splitWords } from '../../src/adapters/words.ts';

const values = (text: string) => splitWords(text).map(({ value }) => value);

describe('splitting a command into words', () => {
  it.each([
    ['a  b\tc\nd', ['a', 'b', 'c', 'd']],
    ['  a ', ['a']],
    ['', []],
    ['"a b" c', ['a b', 'c']],
    ["'a b' c", ['a b', 'c']],
    ['“a b” c', ['a b', 'c']],
    ['--name="a b" c', ['--name=a b', 'c']],
    ['"say \\"hi\\"" x', ['say "hi"', 'x']],
    ['a\\ b c', ['a b', 'c']],
    ["don't what's", ["don't", "what's"]],
    ['—agents api', ['--agents', 'api']],
    ['a — b', ['a', '—', 'b']],
    ['""', ['']],
    ['C:\\dir\\file', ['C:\\dir\\file']],
  ])('reads %o as %o', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('says where each word stands, so that the rest of a text can be taken as it was written', () => {
    const text = ' ask  "what is"  this';
    expect(splitWords(text).map(({ start, end }) => text.slice(start, end))).toEqual(['ask', '"what is"', 'this']);
  });

  it('keeps a quote that is never closed as a letter and says so', () => {
    expect(splitWords('"a b')).toMatchObject([
      { value: '"a', unclosed: true, quoted: false },
      { value: 'b', unclosed: false },
    ]);
  });

  it('tells quoted words from options', () => {
    expect(splitWords('"--write" --write --model="a b"').map(({ quoted }) => quoted)).toEqual([true, false, false]);
  });

  it('reads a long text of quotes that never close in one pass', () => {
    const words = splitWords('“a '.repeat(50_000));
    expect(words).toHaveLength(50_000);
  });
});

describe('words that a shell has separated', () => {
  it('are taken as they stand', () => {
    expect(givenWords(['"a b"', '']).map(({ value }) => value)).toEqual(['"a b"', '']);
  });
});
