import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderDiscord, showDiscord } from '../../src/markdown/discord.ts';

const hostile: readonly string[] = JSON.parse(
  readFileSync(new URL('../fixtures/markdown/mentions.json', import.meta.url), 'utf8'),
);

function discord(markdown: string, limit = 2_000): string {
  return renderDiscord(markdown, { limit }).join('\n=====\n');
}

describe('renderDiscord', () => {
  it.each([
    ['**bold** *italic* ~~old~~ `code` __strong__', '**bold** *italic* ~~old~~ `code` **strong**'],
    ['# One\n\n### Three\n\n#### Four', '# One\n\n### Three\n\n**Four**'],
    ['snake_case and 2 \\* 3 and \\|\\|spoiler\\|\\|', 'snake_case and 2 \\* 3 and \\|\\|spoiler\\|\\|'],
    ['\\# no heading', '\\# no heading'],
    ['1986\\. A year', '1986\\. A year'],
    ['\\- no item', '\\- no item'],
    ['[docs](https://example.com/x)', '[docs](<https://example.com/x>)'],
    ['\\_not so\\_ but \\_\\_x and a\\_', '\\_not so\\_ but \\_\\_x and a\\_'],
    ['https://example.com/a_b', '<https://example.com/a_b>'],
    ['[x](javascript:alert(1))', 'x'],
    ['\\[x](https://evil.example)', '[x]\\(<https://evil.example/>)'],
    ['![chart](https://example.com/c.png)', '[chart](<https://example.com/c.png>)'],
    ['- one\n  - two\n- [x] done', '- one\n  - two\n☑ done'],
    ['1. one\n2. two\n\n   more', '1. one\n2. two\n  more'],
    ['> quoted', '> quoted'],
    ['```ts\na\n```', '```ts\na\n```'],
    ['```ts evil"x\na\n```', '```ts\na\n```'],
    ['| a | b |\n| - | - |\n| x | 1 |', '```\na    b\n---  ---\nx    1\n```'],
    ['`` a`b ``', '`` a`b ``'],
    ['Both hold [1][2].', 'Both hold [1][2].'],
  ])('writes %j', (markdown, expected) => {
    expect(discord(markdown)).toBe(expected);
  });

  it('lets nothing end a fence from within', () => {
    expect(discord('````\na\n```\nb\n````').match(/```/g)).toHaveLength(2);
  });

  it.each(hostile)('mentions nobody for %j', (markdown) => {
    expect(discord(markdown)).not.toMatch(/@(?:everyone|here)|<(?:@|#|\/|t:|a?:|id:)/i);
  });
});

describe('showDiscord', () => {
  it('shows the same for a text too long for this thread', async () => {
    const markdown = '# Title\n\nWords and **more** words.\n\n'.repeat(500);
    expect(await showDiscord(markdown, { limit: 500 })).toEqual(renderDiscord(markdown, { limit: 500 }));
  });
});
