import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderColored, renderTerminal, showTerminal } from '../../src/markdown/terminal.ts';

function bare(markdown: string, width = 60): string {
  return renderTerminal(markdown, { width, color: false });
}

describe('renderTerminal', () => {
  it('shows headings, paragraphs and rules', () => {
    expect(bare('# Title\n\nText with **bold**, *italic*, ~~old~~ and `code`.\nSame paragraph.\n\n---\n')).toBe(
      `Title\n\nText with bold, italic, old and code. Same paragraph.\n\n${'─'.repeat(40)}`,
    );
  });

  it('shows nested, numbered and task lists', () => {
    expect(bare('- one\n  - two\n    more\n- three\n\n9. nine\n10. ten\n\n- [ ] open\n- [x] done\n  with more\n')).toBe(
      ['• one', '  • two more', '• three', '', ' 9. nine', '10. ten', '', '☐ open', '☑ done with more'].join('\n'),
    );
  });

  it('keeps loose lists loose, and what belongs to an item below its text', () => {
    expect(bare('1. one\n\n   ```\n   x\n   ```\n\n2. two\n')).toBe('1. one\n\n     x\n\n2. two');
  });

  it('shows quotes, code and HTML as they are', () => {
    expect(bare('> quoted\n> > twice\n\n```ts\nconst a = 1;\n\n\tb\n```\n\n<b>raw</b>\n')).toBe(
      '│ quoted\n│\n│ │ twice\n\n  const a = 1;\n\n      b\n\n<b>raw</b>'
        .replace('│\n', '│ \n')
        .replace(';\n\n', ';\n  \n'),
    );
  });

  it('goes on below a line of code where it is too long, with every word of it', () => {
    const code = 'if (a) {\n    const value = call(one, two, three); // and why\n}';
    expect(
      renderTerminal(`- x\n\n  \`\`\`\n  ${code.replaceAll('\n', '\n  ')}\n  \`\`\`\n`, { width: 30, color: false }),
    ).toBe(
      [
        '• x',
        '',
        '    if (a) {',
        '        const value =',
        '        call(one, two, three);',
        '        // and why',
        '    }',
      ].join('\n'),
    );
    const letters = renderTerminal(`\`\`\`\n${'x'.repeat(50)}\n\`\`\``, { width: 22, color: false });
    expect(letters).toBe(`  ${'x'.repeat(20)}\n  ${'x'.repeat(20)}\n  ${'x'.repeat(10)}`);
  });

  it('gives code more room than text where there is more', () => {
    const shown = renderTerminal('some words here\n\n```\nconst a = 1;\n```', {
      width: 10,
      codeWidth: 20,
      color: false,
    });
    expect(shown).toBe('some words\nhere\n\n  const a = 1;');
  });

  it('aligns tables by what characters take on the screen', () => {
    expect(bare('| name | 数 |\n| :-- | --: |\n| 日本 | 1 |\n| a👍b | 22 |\n')).toBe(
      ['name   数', '────  ───', '日本    1', 'a👍b   22'].join('\n'),
    );
  });

  it('wraps long cells, and lists the rows where columns would be too narrow', () => {
    const wide = bare('| a | b |\n| - | - |\n| short | some words that do not fit |\n', 24);
    expect(wide).toBe('a      b\n─────  ─────────────────\nshort  some words that\n       do not fit');
    expect(
      bare('| aa | bb | cc |\n| - | - | - |\n| first thing | second thing | third thing |\n| 1 | 2 | 3 |\n', 20),
    ).toBe('aa: first thing\nbb: second thing\ncc: third thing\n\naa: 1\nbb: 2\ncc: 3');
  });

  it.each([12, 20, 33, 80])('never makes a line of text longer than %i columns', (width) => {
    const markdown =
      '# A heading of some length that goes on\n\nWords wrap, 日本語の文章も折り返します。また続く。 `code in text` and https://example.com/a/very/long/path/that/never/ends\n\n> - quoted item with a lot to say 👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧\n\n| a | b |\n| - | - |\n| some words | more words here |\n';
    for (const line of bare(markdown, width).split('\n'))
      expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(width, 12));
  });

  it('keeps every word when it wraps', () => {
    const words = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
    expect(bare(words, 37).replaceAll('\n', ' ')).toBe(words);
  });

  it('uses styles and closes them', () => {
    expect(renderTerminal('**b** *i* ~~s~~ `c`', { width: 80, color: true })).toBe(
      '\x1b[1mb\x1b[22m \x1b[3mi\x1b[23m \x1b[9ms\x1b[29m \x1b[36mc\x1b[39m',
    );
  });

  it('shows code in the colours of its language, and of no language as code', async () => {
    expect(
      await renderColored('```ts\nreturn 12; // x\n```\n\n```whatever\nreturn\n```', { width: 80, color: true }),
    ).toBe('  \x1b[35mreturn\x1b[39m \x1b[33m12\x1b[39m; \x1b[2m// x\x1b[22m\n\n  \x1b[36mreturn\x1b[39m');
    expect(await renderColored('```ts\nreturn 12;\n```', { width: 80, color: false })).toBe('  return 12;');
  });

  it('links to http and https only', () => {
    const shown = renderTerminal(
      '[a](https://example.com/x) [b](javascript:alert(1)) [c](file:///etc/passwd) [d][ref]\n\n[ref]: http://example.org',
      {
        width: 80,
        color: true,
      },
    );
    expect(shown).toBe(
      '\x1b]8;;https://example.com/x\x1b\\a\x1b]8;;\x1b\\ b c \x1b]8;;http://example.org/\x1b\\d\x1b]8;;\x1b\\',
    );
  });

  it('writes addresses where it cannot link, and where the text claims another', () => {
    expect(bare('[docs](https://example.com/x), https://example.com/y and <bob@example.com>')).toBe(
      'docs (https://example.com/x), https://example.com/y and\nbob@example.com',
    );
    const claimed = renderTerminal('[https://bank.example](https://evil.example)', { width: 80, color: true });
    expect(stripVTControlCharacters(claimed)).toBe('https://bank.example (https://evil.example/)');
  });

  it.each([
    'a \x1b[2J\x1b[H b',
    'a \x1b]0;title\x07 b',
    'a \x1b]52;c;aGk=\x1b\\ b',
    'a &#27;[2J b &#x9b;2J',
    'a \u202eb\u2066 &#x202e; c',
    '```\n\x1b]8;;https://evil.example\x07x\x1b]8;;\x07\n```',
    '`\x9b31m`',
    '[x](https://example.com/\x1b]0;t\x07)',
    '[x](<https://example.com/ &#27;]0;t&#7;>)',
    '![\x1b[31m](https://example.com/i.png)',
    '# \x1b[31m\n\n| \x1b[1m | \r |\n| - | - |\n| \x08 | \x07 |\n',
    '<b \x1b[31m>',
    '[^\x1b[31m]\n\n[^\x1b[31m]: note\x1b[0m',
    '[x]: https://example.com "\x1b[31m"\n\n[x]',
  ])('emits no sequence but its own for %j', (markdown) => {
    const own = /\x1b\[(?:1|2|3|9|22|23|29|36|39)m|\x1b\]8;;(?:https?:\/\/[!-~]*)?\x1b\\/g;
    const rest = renderTerminal(markdown, { width: 80, color: true }).replace(own, '');
    expect(rest).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    expect(bare(markdown)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });

  it('shows numbers of sources, footnotes and emoji as they are', () => {
    expect(bare('Both hold [1][2], see note.[^n] 👩‍👩‍👧 ✓\n\n[^n]: A note.')).toBe(
      'Both hold [1][2], see note.[^n] 👩‍👩‍👧 ✓\n\n[^n]: A note.',
    );
  });
});

describe('showTerminal', () => {
  it('shows the same for a text too long for this thread', async () => {
    const markdown = '# Title\n\nWords and **more** words.\n\n'.repeat(500);
    expect(await showTerminal(markdown, { width: 80, color: false })).toEqual(
      renderTerminal(markdown, { width: 80, color: false }),
    );
  });
});
