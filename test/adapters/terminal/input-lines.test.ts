import { describe, expect, it } from 'vitest';
import { inputLines } from '../../../src/adapters/terminal/input-lines.ts';

const lines = (marked: string, width = 12, rows = 10) =>
  inputLines({ text: marked.replace('|', ''), cursor: marked.indexOf('|') }, { prompt: '› ', width, rows });

describe('the line being typed', () => {
  it('stands behind the prompt, further lines under it', () => {
    expect(lines('one\nt|wo')).toEqual({ lines: ['› one', '  two'], row: 1, column: 3 });
    expect(lines('|')).toEqual({ lines: ['› '], row: 0, column: 2 });
  });

  it('wraps where the terminal ends, and the cursor with it', () => {
    expect(lines('abcdefghijk|l')).toEqual({ lines: ['› abcdefghi', '  jkl'], row: 1, column: 4 });
    expect(lines('abcdefghi|')).toEqual({ lines: ['› abcdefghi', '  '], row: 1, column: 2 });
  });

  it('wraps wide letters whole, and shows a tab as spaces', () => {
    expect(lines('日本語日本|')).toEqual({ lines: ['› 日本語日', '  本'], row: 1, column: 4 });
    expect(lines('a\tb|')).toEqual({ lines: ['› a    b'], row: 0, column: 8 });
  });

  it('shows the part around the cursor when there is too much', () => {
    const text = Array.from({ length: 30 }, (_, index) => `line${index}`).join('\n');
    const shown = inputLines({ text, cursor: text.indexOf('line20') }, { prompt: '› ', width: 20, rows: 5 });
    expect(shown.lines).toHaveLength(5);
    expect(shown.lines[shown.row]).toBe('  line20');
  });
});
