import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findSlackTables, renderSlack, showSlack, slackTables } from '../../src/markdown/slack.ts';

const hostile: readonly string[] = JSON.parse(
  readFileSync(new URL('../fixtures/markdown/mentions.json', import.meta.url), 'utf8'),
);

function slack(markdown: string, limit = 3_500): string {
  return renderSlack(markdown, { limit }).join('\n=====\n');
}

describe('renderSlack', () => {
  it.each([
    ['**bold** *italic* ~~old~~ `code`', '*bold* _italic_ ~old~ `code`'],
    ['# Title with **bold**', '*Title with bold*'],
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['[docs](https://example.com/?a=1&b=2|3)', '<https://example.com/?a=1&amp;b=2%7C3|docs>'],
    ['https://example.com/a_b_c', '<https://example.com/a_b_c|https://example.com/a_b_c>'],
    ['[x](javascript:alert(1)) [y](/relative)', 'x y'],
    ['![chart](https://example.com/c.png)', '<https://example.com/c.png|chart>'],
    ['- one\n  - two\n- three', '• one\n    • two\n• three'],
    ['2. two\n3. three', '2. two\n3. three'],
    ['- [ ] open\n- [x] done', '☐ open\n☑ done'],
    ['> quoted\n> more\n\nafter', '> quoted more\n\nafter'],
    ['```ts\nconst a = b < c;\n```', '```\nconst a = b &lt; c;\n```'],
    ['a\n\n---\n\nb', 'a\n\n———\n\nb'],
    ['| a | b |\n| - | -: |\n| x | 1 |', '```\na      b\n---  ---\nx      1\n```'],
    ['Both hold [1][2].', 'Both hold [1][2].'],
    ['one  \ntwo', 'one\ntwo'],
    ['- item\n\n  ```\n  code\n  ```', '• item\n```\ncode\n```'],
  ])('writes %j', (markdown, expected) => {
    expect(slack(markdown)).toBe(expected);
  });

  it('lets nothing end a fence or a code span from within', () => {
    expect(slack('````\na\n```\nb\n````').match(/```/g)).toHaveLength(2);
    expect(slack('`` a`b ``').match(/`/g)).toHaveLength(2);
  });

  it('makes no quote of text that begins with a bracket', () => {
    expect(slack('\\> not a quote')).not.toMatch(/^&gt;/);
  });

  it.each(hostile)('mentions nobody for %j', (markdown) => {
    const written = slack(markdown);
    expect(written.replace(/<https?:\/\/[^\s<>|]*\|[^<>]*>/g, '')).not.toMatch(/<|^>(?! )|[^\n]>(?! )/);
    expect(written).not.toMatch(/<[@#!]|@(?:here|channel|everyone)/i);
  });

  it('splits what is too long, and escapes within the limit', () => {
    const parts = renderSlack('a & b < c. '.repeat(2_000), { limit: 3_500 });
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.every((part) => part.length <= 3_500)).toBe(true);
    expect(parts.join(' ').match(/&amp;/g)).toHaveLength(2_000);
    expect(parts.every((part) => !/&(?!amp;|lt;|gt;)/.test(part))).toBe(true);
  });
});

describe('slackTables', () => {
  it('are those of the document, as they stand in its parts', async () => {
    const markdown = 'one\n\n| a | b |\n| - | :-: |\n| **x** | y |\n\n> | quoted |\n> | - |';
    const [table, ...more] = slackTables(markdown);
    expect(more).toEqual([]);
    expect(slack(markdown)).toContain(table?.written);
    expect(table?.align).toEqual([null, 'center']);
    expect(table?.rows[1]?.[0]).toEqual([{ text: 'x', styles: ['bold'], href: null }]);
    expect(await findSlackTables(markdown)).toEqual([table]);
  });
});

describe('showSlack', () => {
  it('shows the same for a text too long for this thread', async () => {
    const markdown = '# Title\n\nWords and **more** words.\n\n'.repeat(500);
    expect(await showSlack(markdown, { limit: 500 })).toEqual(renderSlack(markdown, { limit: 500 }));
  });
});
