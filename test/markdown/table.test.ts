import { describe, expect, it } from 'vitest';
import { display } from '../../src/markdown/display.ts';
import { plainText } from '../../src/markdown/spans.ts';
import { layTable } from '../../src/markdown/table.ts';
import { widthOf } from '../../src/markdown/wrap.ts';

function lay(markdown: string, width: number): readonly string[] {
  const document = display(markdown, { writesAddresses: false });
  const [table] = document.blocks;
  if (table?.type !== 'table') return [];
  const lines = layTable(table, document, { width, rule: '-' });
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
  return lines.map(plainText);
}

describe('layTable', () => {
  it('aligns columns as the table says', () => {
    expect(lay('| left | right | mid |\n| :- | -: | :-: |\n| a | b | c |\n', 40)).toEqual([
      'left  right  mid',
      '----  -----  ---',
      'a         b   c',
    ]);
  });

  it('shows rows with cells too many or too few', () => {
    expect(lay('| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |\n', 40)).toEqual([
      'a    b',
      '---  ---  ---',
      '1',
      '1    2    3',
    ]);
  });

  it('cuts the widest columns first', () => {
    expect(lay('| a | b |\n| - | - |\n| ab | one two three four five |\n', 15)).toEqual([
      'a    b',
      '---  ----------',
      'ab   one two',
      '     three four',
      '     five',
    ]);
  });

  it('lists rows where columns would be too narrow', () => {
    const columns = Array.from({ length: 6 }, (_, index) => `column ${index}`);
    const markdown = `| ${columns.join(' | ')} |\n|${' - |'.repeat(6)}\n| ${columns.map(() => 'a longer text').join(' | ')} |\n`;
    expect(lay(markdown, 30)).toEqual(columns.map((column) => `${column}: a longer text`));
  });
});
