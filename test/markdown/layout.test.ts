import { describe, expect, it } from 'vitest';
import { display } from '../../src/markdown/display.ts';
import { layBlocks } from '../../src/markdown/layout.ts';
import { plainText } from '../../src/markdown/spans.ts';

const glyphs = { bullet: '*', open: 'o', done: 'x', quote: '| ', rule: '=' };

function lay(markdown: string, width = 30): string {
  const document = display(markdown, { writesAddresses: false });
  return layBlocks(document.blocks, document, { width, glyphs }).map(plainText).join('\n');
}

describe('layBlocks', () => {
  it('puts one empty line between blocks and none around them', () => {
    expect(lay('\n\na\n\n\n\n[x]: https://definition.example\n\nb\n\n')).toBe('a\n\nb');
  });

  it('draws with the given characters', () => {
    expect(lay('- a\n- [ ] b\n- [x] c\n\n> q\n\n---')).toBe(`* a\no b\nx c\n\n| q\n\n${'='.repeat(30)}`);
  });

  it('wraps inside lists and quotes below the text', () => {
    expect(lay('> 1. one two three four five six\n>    - seven eight nine ten eleven')).toBe(
      '| 1. one two three four five\n|    six\n|    * seven eight nine ten\n|      eleven',
    );
  });

  it('shows notes with several paragraphs', () => {
    expect(lay('x[^1]\n\n[^1]: First.\n\n    Second.')).toBe('x[^1]\n\n[^1]: First.\n\n    Second.');
  });

  it('goes on when it is nested deeper than the screen is wide', () => {
    expect(lay(`${'> '.repeat(30)}words that go on`, 20)).toContain('words');
  });
});
