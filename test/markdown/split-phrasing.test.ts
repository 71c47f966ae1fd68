import type { PhrasingContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/markdown/parse.ts';
import { dividePhrasing } from '../../src/markdown/split-phrasing.ts';

function phrasing(markdown: string): readonly PhrasingContent[] {
  const [block] = parse(markdown).children;
  return block?.type === 'paragraph' ? block.children : [];
}

function text(nodes: readonly PhrasingContent[]): string {
  return nodes.map((node) => ('children' in node ? text(node.children) : 'value' in node ? node.value : '')).join('');
}

describe('dividePhrasing', () => {
  it('keeps emphasis around every piece, and together where it was one', () => {
    const pieces = dividePhrasing(phrasing('**one two *three four***'), (nodes) => text(nodes).length <= 8);
    expect(pieces).toMatchObject([
      [{ type: 'strong', children: [{ value: 'one ' }, { value: 'two ' }] }],
      [{ type: 'strong', children: [{ type: 'emphasis', children: [{ value: 'three ' }] }] }],
      [{ type: 'strong', children: [{ type: 'emphasis', children: [{ value: 'four' }] }] }],
    ]);
  });

  it('divides what does not fit alone, and ends even where nothing fits', () => {
    expect(dividePhrasing(phrasing('abcdef'), (nodes) => text(nodes).length <= 4).map(text)).toEqual(['abcd', 'ef']);
    expect(
      dividePhrasing(phrasing('ab `c` [d](e)'), () => false)
        .map(text)
        .join(''),
    ).toBe('ab c d');
  });
});
