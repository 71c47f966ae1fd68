import { describe, expect, it } from 'vitest';
import { clean } from '../src/clean.ts';

describe('clean', () => {
  it.each([
    ['a colour', '\x1b[31mred\x1b[0m', 'red'],
    ['a cursor movement', 'one\x1b[2K\x1b[1Gtwo', 'onetwo'],
    ['a title', '\x1b]0;owned\x07text', 'text'],
    ['a clipboard', '\x1b]52;c;ZXZpbA==\x1b\\text', 'text'],
    ['a hyperlink', '\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\', 'click'],
    ['a device control string', '\x1bP1$r0m\x1b\\text', 'text'],
    ['a full reset', '\x1bctext', 'text'],
    ['a character set switch', '\x1b(0text', 'text'],
    ['the 8-bit forms', '\x9b31mred\x9d0;owned\x9ctext', 'redtext'],
    ['bells, backspaces and deletes', 'a\x07b\x08c\x7fd\x00e', 'abcde'],
    ['carriage returns', 'shown\rhidden\r\nnext', 'shownhidden\nnext'],
    ['bidi overrides and isolates', 'a\u202eb\u2066c\u2069d\u200fe\u061cf', 'abcdef'],
  ])('removes %s', (_what, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('keeps tabs, newlines and every other letter', () => {
    const text = 'one\ttwo\nthree äöü 漢字 עברית 👩‍👩‍👧 [31m ]0;';
    expect(clean(text)).toBe(text);
  });

  it('leaves no escape character when a sequence never ends, or when removing one would build another', () => {
    expect(clean('\x1b]0;never closed')).toBe('0;never closed');
    expect(clean('\x1b\x1b[31m[31mred')).toBe('[31mred');
    expect(clean('\x1b[\x1b[31m31mred')).not.toContain('\x1b');
  });

  it('takes a flood of opened sequences in one pass', () => {
    expect(clean('\x9d'.repeat(200_000))).toBe('');
    expect(clean('\x1b]'.repeat(200_000))).not.toContain('\x1b');
  });
});
