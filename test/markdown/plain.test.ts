import { describe, expect, it } from 'vitest';
import { renderPlain, showPlain } from '../../src/markdown/plain.ts';

describe('renderPlain', () => {
  it('shows a document without styles and drawing characters', () => {
    const markdown =
      '# Title\n\n- one\n- [ ] open\n\n1. [x] done\n\n> quoted\n>\n> more\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[docs](https://example.com/x)\n\n---\n';
    expect(renderPlain(markdown, { width: 20 })).toBe(
      [
        'Title',
        '',
        '- one',
        '[ ] open',
        '',
        '1. [x] done',
        '',
        '> quoted',
        '>',
        '> more',
        '',
        'a    b',
        '---  ---',
        '1    2',
        '',
        'docs',
        '(https://example.com',
        '/x)',
        '',
        '--------------------',
      ].join('\n'),
    );
  });

  it('emits no escape sequence', () => {
    expect(renderPlain('**b** \x1b[31mred [x](https://example.com) `c` &#27;[0m', { width: 80 })).not.toContain('\x1b');
  });
});

describe('showPlain', () => {
  it('shows the same for a text too long for this thread', async () => {
    const markdown = '# Title\n\nWords and **more** words.\n\n'.repeat(500);
    expect(await showPlain(markdown, { width: 80 })).toEqual(renderPlain(markdown, { width: 80 }));
  });
});
