import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { isCostly, parse, parseLiteral, rangeOf } from '../../src/markdown/parse.ts';

function sources(markdown: string, tree: Nodes, type: Nodes['type']): readonly string[] {
  const range = rangeOf(tree);
  const own = tree.type === type && range !== null ? [markdown.slice(range.start, range.end)] : [];
  return 'children' in tree ? [...own, ...tree.children.flatMap((child) => sources(markdown, child, type))] : own;
}

describe('parse', () => {
  it('knows where tables, tasks, strikethrough and bare links stand', () => {
    const markdown = '- [x] ~~done~~ see www.example.com or bob@example.com\n\n| a |\n| - |\n| b |\n';
    const tree = parse(markdown);
    expect(sources(markdown, tree, 'delete')).toEqual(['~~done~~']);
    expect(sources(markdown, tree, 'link')).toEqual(['www.example.com', 'bob@example.com']);
    expect(sources(markdown, tree, 'tableCell')).toEqual(['| a |', '| b |']);
    expect(tree.children[0]).toMatchObject({ type: 'list', children: [{ checked: true }] });
  });

  it('gives every text a place, also beside addresses that are only found in brackets', () => {
    const markdown = 'see [mail a@example.com now] and (www.example.com) and @api';
    expect(sources(markdown, parse(markdown), 'text').join('')).toContain('@api');
  });

  it.each([
    '>'.repeat(100_000),
    '- '.repeat(100_000),
    `text\n${'1. '.repeat(5_000)}`,
    '*_'.repeat(700),
    '['.repeat(3_000),
  ])('takes nesting beyond all bounds as plain text (%#)', (markdown) => {
    expect(parse(markdown).children).toMatchObject([{ type: 'paragraph' }]);
    expect(() => JSON.stringify(parse(markdown))).not.toThrow();
    expect(rangeOf(parseLiteral(markdown))).toEqual({ start: 0, end: markdown.length });
  });
});

describe('parse, of long rules', () => {
  it('does not take a long rule for nesting', () => {
    expect(parse(`a\n\n${'-'.repeat(300)}\n\n**b**`).children[1]?.type).toBe('thematicBreak');
  });
});

describe('parseLiteral', () => {
  it('leaves brackets, definitions, emphasis and links as text, and still finds code', () => {
    const markdown =
      '**See** [api:src/__tests__/a.ts:42], `[web]`, [x](y) and [^1]\n\n[api:src/__tests__/a.ts:42]: https://evil.example\n\n[^1]: note';
    expect(sources(markdown, parseLiteral(markdown), 'text')).toEqual([
      '**See** [api:src/__tests__/a.ts:42], ',
      ', [x](y) and [^1]',
      '[api:src/__tests__/a.ts:42]: https://evil.example',
      '[^1]: note',
    ]);
    expect(sources(markdown, parseLiteral(markdown), 'inlineCode')).toEqual(['`[web]`']);
  });
});

describe('isCostly', () => {
  it.each([
    ['a long text', 'word '.repeat(5_000)],
    ['a storm of emphasis', '*_'.repeat(1_000)],
    ['a storm of brackets', '['.repeat(2_000)],
  ])('says yes to %s', (_what, markdown) => {
    expect(isCostly(markdown)).toBe(true);
  });

  it('says no to an ordinary answer', () => {
    expect(isCostly('Staging signs tokens with **skew**, see [api:src/a.ts:1].\n\n'.repeat(50))).toBe(false);
  });
});
