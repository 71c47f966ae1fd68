import { describe, expect, it } from 'vitest';
import { createCopyFilter, passageIn } from '../../src/search/passages.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

const wanted = new Map([
  ['retri', 2],
  ['wait', 1],
]);

describe('passageIn', () => {
  const lines = Array.from({ length: 100 }, (_, index) => (index === 70 ? 'retry after the wait' : `line ${index}`));
  const passage = (line: number, endLine: number) => passageIn(lines, { line, endLine }, wanted, createAnalyzer());

  it('gives a short chunk whole', () => {
    expect(passage(3, 5)).toEqual({ line: 3, endLine: 5, text: 'line 2\nline 3\nline 4' });
  });

  it('narrows a long chunk to the lines that speak to the question', () => {
    const found = passage(1, 100);
    expect(found.line).toBeLessThanOrEqual(71);
    expect(found.endLine).toBeGreaterThanOrEqual(71);
    expect(found.endLine - found.line).toBeLessThan(30);
  });

  it('stays inside a file that has become shorter', () => {
    expect(passage(90, 400)).toMatchObject({ line: 90, endLine: 100 });
  });
});

describe('createCopyFilter', () => {
  const text = Array.from({ length: 10 }, (_, index) => `const value${index} = read(${index});`).join('\n');

  it('recognises a passage again, also with other quotes, spaces and a changed line', () => {
    const isCopy = createCopyFilter();
    expect(isCopy(text)).toBe(false);
    expect(isCopy(text.replace('value3 = read(3)', 'other = write()').replaceAll('  ', '\t'))).toBe(true);
  });

  it('lets other passages pass', () => {
    const isCopy = createCopyFilter();
    isCopy(text);
    expect(isCopy('function other() {\n  return another;\n}')).toBe(false);
  });
});
