import type { Link, LinkReference, Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { display, webAddress } from '../../src/markdown/display.ts';

function linksOf(node: Nodes): readonly (Link | LinkReference)[] {
  if (node.type === 'link' || node.type === 'linkReference') return [node];
  return 'children' in node ? node.children.flatMap(linksOf) : [];
}

function addresses(markdown: string): readonly (string | null)[] {
  const document = display(markdown, { writesAddresses: false });
  return document.blocks.flatMap(linksOf).map((link) => document.addressOf(link));
}

describe('display', () => {
  it('knows where links lead, by themselves and by the first definition', () => {
    expect(
      addresses(
        '[a](https://a.example) [b][r] [R] <https://c.example/x> www.d.example\n\n[r]: https://r.example\n[r]: https://later.example',
      ),
    ).toEqual([
      'https://a.example/',
      'https://r.example/',
      'https://r.example/',
      'https://c.example/x',
      'http://www.d.example/',
    ]);
  });

  it('removes what an entity stood for', () => {
    const text = JSON.stringify(
      display('a &#x202e;b `c` ![d&#x2066;](x)\n\n```l&#x202e;\nx\n```', { writesAddresses: false }).blocks,
    );
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('webAddress', () => {
  it.each([
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['HTTP://EXAMPLE.com', 'http://example.com/'],
    ['https://exаmple.com', 'https://xn--exmple-4nf.com/'],
    ['https://example.com/\x1b]0;', 'https://example.com/%1B]0;'],
  ])('gives %j in ASCII', (url, address) => {
    expect(webAddress(url)).toBe(address);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'vbscript:x',
    '/relative',
    '#anchor',
    '',
    'https://',
    'mailto:a@b.c',
    'https://bank.example@evil.example/',
    ' java\nscript:x',
  ])('gives nothing for %j', (url) => {
    expect(webAddress(url)).toBeNull();
  });
});
