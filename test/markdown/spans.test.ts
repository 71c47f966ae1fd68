import { describe, expect, it } from 'vitest';
import { display } from '../../src/markdown/display.ts';
import { plainText, type Span, spansOf } from '../../src/markdown/spans.ts';

function spans(markdown: string, writesAddresses = false): readonly Span[] {
  const document = display(markdown, { writesAddresses });
  const [block] = document.blocks;
  return block?.type === 'paragraph' ? spansOf(block.children, document) : [];
}

describe('spansOf', () => {
  it('gives nested styles together', () => {
    expect(spans('***both*** ~~`x`~~')).toEqual([
      { text: 'both', styles: ['italic', 'bold'], href: null },
      { text: ' ', styles: [], href: null },
      { text: 'x', styles: ['strike', 'code'], href: null },
    ]);
  });

  it('takes line ends as spaces and breaks as line ends', () => {
    expect(plainText(spans('one\n  two  \nthree<br>four\\\nfive'))).toBe('one two\nthree\nfour\nfive');
  });

  it('carries addresses, and names images', () => {
    expect(spans('[a](https://a.example/) ![alt text](https://i.example/) ![](x)')).toMatchObject([
      { text: 'a', href: 'https://a.example/' },
      { text: ' ', href: null },
      { text: 'alt text', href: 'https://i.example/' },
      { text: ' ', href: null },
      { text: 'image', href: null },
    ]);
  });

  it('writes an address out where asked, but never twice', () => {
    expect(plainText(spans('[a](https://a.example/) <https://b.example/> www.c.example', true))).toBe(
      'a (https://a.example/) https://b.example/ www.c.example',
    );
  });
});
