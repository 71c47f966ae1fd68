import { describe, expect, it } from 'vitest';
import { renderPlain } from '../../src/markdown/plain.ts';

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
