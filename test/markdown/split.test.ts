import { describe, expect, it } from 'vitest';
import { createWriter, type Dialect } from '../../src/markdown/dialect.ts';
import { display } from '../../src/markdown/display.ts';
import { splitBlocks } from '../../src/markdown/split.ts';

/** Close to markdown itself, so that the parts can be read. */
const dialect: Dialect = {
  bullet: '-',
  rule: '---',
  indent: 2,
  tableWidth: 60,
  text: (value) => value,
  line: (written) => written,
  strong: (inner) => `**${inner}**`,
  emphasis: (inner) => `*${inner}*`,
  strike: (inner) => `~~${inner}~~`,
  code: (value) => `\`${value}\``,
  fence: (value, language) => `\`\`\`${language}\n${value}\n\`\`\``,
  heading: (inner, depth) => `${'#'.repeat(depth)} ${inner}`,
  link: (label, href) => `[${label}](${href})`,
};

function split(markdown: string, limit: number): readonly string[] {
  const document = display(markdown, { writesAddresses: false });
  const parts = splitBlocks(document.blocks, { limit, write: createWriter(dialect, document) });
  for (const part of parts) {
    expect(part.length).toBeLessThanOrEqual(limit);
    expect(part.isWellFormed()).toBe(true);
    expect(part.trim()).not.toBe('');
  }
  return parts;
}

describe('splitBlocks', () => {
  it('leaves what fits in one part', () => {
    expect(split('# A\n\nb\n\n- c\n- d', 100)).toEqual(['# A\n\nb\n\n- c\n- d']);
    expect(split('', 100)).toEqual([]);
  });

  it('ends parts at the ends of blocks', () => {
    const blocks = Array.from({ length: 10 }, (_, index) => `Paragraph ${index} ${'x'.repeat(30)}`);
    const parts = split(blocks.join('\n\n'), 100);
    expect(parts).toEqual([0, 2, 4, 6, 8].map((index) => `${blocks[index]}\n\n${blocks[index + 1]}`));
  });

  it('reopens a fence with its language', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `const line${index} = ${index};`);
    const parts = split(`\`\`\`ts\n${lines.join('\n')}\n\`\`\``, 200);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(part).toMatch(/^```ts\n[^`]*\n```$/);
    expect(parts.flatMap((part) => part.split('\n').slice(1, -1))).toEqual(lines);
  });

  it('divides a line of code that is too long, and loses no character of it', () => {
    const line = '👩‍👩‍👧é日'.repeat(100);
    const parts = split(`\`\`\`\n${line}\n\`\`\``, 120);
    expect(parts.map((part) => part.split('\n')[1]).join('')).toBe(line);
    expect(parts.every((part) => !/^```\n\u200d/.test(part))).toBe(true);
  });

  it('repeats the headings of a table', () => {
    const rows = Array.from({ length: 30 }, (_, index) => `| name ${index} | ${index} |`);
    const parts = split(`| name | n |\n| - | - |\n${rows.join('\n')}\n`, 200);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(part).toMatch(/^```\nname +n\n-+ +-+\nname /);
    expect(parts.join('\n').match(/^name \d+/gm)).toHaveLength(30);
  });

  it('writes a row that is too long as text', () => {
    const parts = split(`| a | b |\n| - | - |\n| x | ${'word '.repeat(60)}|\n`, 120);
    expect(parts[0]).toContain('**a**: x');
    expect(parts.join(' ').match(/word/g)).toHaveLength(60);
  });

  it('goes on counting in a numbered list', () => {
    const parts = split(Array.from({ length: 30 }, (_, index) => `${index + 1}. item with some words`).join('\n'), 150);
    expect(parts.length).toBeGreaterThan(3);
    expect(
      parts
        .join('\n')
        .split('\n')
        .map((line) => Number.parseInt(line, 10)),
    ).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('divides an item that is too long, and a quote', () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
    const item = split(`- ${words}\n- last`, 120);
    expect(item[0]).toMatch(/^- word0 /);
    expect(item.at(-1)).toMatch(/- last$/);
    expect(item.join(' ').match(/word\d+/g)).toHaveLength(60);
    const quote = split(`> ${words}\n>\n> - ${words}`, 120);
    expect(quote.every((part) => part.split('\n').every((line) => line.startsWith('>') || line === ''))).toBe(true);
    expect(quote.join(' ').match(/word\d+/g)).toHaveLength(120);
  });

  it('breaks no word, link, code span or mention, and closes emphasis', () => {
    const pieces = [
      'plain',
      '[a link](https://example.com/path)',
      '`code span`',
      '@api/feature-x',
      '**bold words here**',
      '*it*',
      '👩‍👩‍👧',
    ];
    const text = Array.from({ length: 50 }, () => pieces.join(' ')).join(' ');
    const parts = split(text, 110);
    const all = parts.join(' ');
    for (const piece of pieces.filter((each) => !each.startsWith('**'))) expect(all.split(piece)).toHaveLength(51);
    for (const part of parts)
      expect(part.match(/\*\*/g)?.length ?? 0).toBe(2 * Math.ceil((part.match(/\*\*/g)?.length ?? 0) / 2));
  });

  it('divides a word that is longer than a part between characters', () => {
    const word = 'x😀'.repeat(300);
    expect(split(word, 100).join('')).toBe(word);
    expect(split(`\`${word}\``, 100).join('').replaceAll('`', '')).toBe(word);
  });

  it('gives up a link whose address is longer than a part, not its text', () => {
    expect(split(`[the text](https://example.com/${'x'.repeat(300)})`, 100)).toEqual(['the text']);
  });

  it.each([100, 137, 500, 2_000, 12_000])('keeps every word at a limit of %i', (limit) => {
    const words = Array.from({ length: 3_000 }, (_, index) => `w${index}`);
    const chunk = (from: number, to: number) => words.slice(from, to).join(' ');
    const markdown = `# ${chunk(0, 50)}\n\n${chunk(50, 800)}\n\n- ${chunk(800, 900)}\n  - ${chunk(900, 1_200)}\n- **${chunk(1_200, 1_500)}**\n\n> ${chunk(1_500, 1_800)}\n\n\`\`\`\n${words.slice(1_800, 2_400).join('\n')}\n\`\`\`\n\n<div>${chunk(2_400, 2_500)}</div>\n\nx[^1]\n\n[^1]: ${chunk(2_500, 3_000)}\n`;
    expect(split(markdown, limit).join(' ').match(/w\d+/g)).toEqual(words);
  });
});
