import { describe, expect, it } from 'vitest';
import { createWriter, type Dialect } from '../../src/markdown/dialect.ts';
import { display } from '../../src/markdown/display.ts';

const dialect: Dialect = {
  bullet: '*',
  rule: '=',
  indent: 2,
  tableWidth: 40,
  text: (value) => value.toUpperCase(),
  line: (written) => `|${written}`,
  strong: (inner) => `<s>${inner}</s>`,
  emphasis: (inner) => `<e>${inner}</e>`,
  strike: (inner) => `<d>${inner}</d>`,
  code: (value) => `<c>${value}</c>`,
  fence: (value, language) => `<f ${language}>${value}</f>`,
  heading: (inner, depth) => `<h${depth}>${inner}</h${depth}>`,
  link: (label, href) => `<a ${href}>${label}</a>`,
};

function write(markdown: string): string {
  const document = display(markdown, { writesAddresses: false });
  return document.blocks.map(createWriter(dialect, document)).join('\n\n');
}

describe('createWriter', () => {
  it('takes all text through the dialect, and nothing else', () => {
    expect(write('a *b* **c** ~~d~~ `e` [f](https://g.example) ![h](https://i.example) <b>')).toBe(
      '|A <e>B</e> <s>C</s> <d>D</d> <c>e</c> <a https://g.example/>F</a> <a https://i.example/>H</a> <B>',
    );
  });

  it('writes bold once', () => {
    expect(write('# **a** b\n\n**c __d__**')).toBe('<h1>A B</h1>\n\n|<s>C D</s>');
  });

  it('puts marks close to words', () => {
    expect(write('**&#32;a&#32;** b')).toBe('| <s>A</s>  B');
  });

  it('asks for the beginning of each line', () => {
    expect(write('a  \nb')).toBe('|A\n|B');
  });

  it('writes lists in lists, tasks, and code at the margin', () => {
    expect(write('1. a\n   - b\n\n     ```x\n     y\n     ```\n2. [x] c')).toBe(
      '1. |A\n  * |B\n<f x>y</f>\n2. ☑ |C'.replace('<f x>', '  <f x>'),
    );
  });

  it('writes tables as code, quotes with their mark, rules, HTML and notes', () => {
    expect(write('| a |\n| - |\n| b |')).toBe('<f >a\n---\nb</f>');
    expect(write('> a\n>\n> b')).toBe('> |A\n> \n> |B');
    expect(write('---\n\n<hr>\n\nx[^n]\n\n[^n]: y')).toBe('=\n\n|<HR>\n\n|X[^N]\n\n[^N]: |Y');
  });
});
