import { describe, expect, it } from 'vitest';
import { inverseFrequency, measure, type Signs } from '../../src/search/measure.ts';
import { readQuestion } from '../../src/search/question.ts';
import { createAnalyzer } from '../../src/search/terms.ts';
import { corpusOf } from '../support/corpus.ts';

function signsOf(
  question: string,
  texts: Readonly<Record<string, string>>,
  commits: Parameters<typeof corpusOf>[1] = [],
) {
  const { files } = measure(corpusOf(texts, commits), readQuestion(question, createAnalyzer()));
  return (path: string): Signs | undefined => files.find(({ file }) => file.path === path)?.signs;
}

describe('measure', () => {
  it('speaks for the source whose test speaks to the question', () => {
    const signs = signsOf('expired tickets are refused', {
      'src/gate.js': 'export const gate = (tickets) => tickets;\n',
      'src/door.js': 'export const door = (tickets) => tickets;\n',
      'test/gate.test.js': "it('refuses expired tickets', () => gate([expired]));\n",
    });
    expect(signs('src/gate.js')?.tested).toBeGreaterThan(0);
    expect(signs('src/door.js')?.tested).toBe(0);
  });

  it('counts what commits said, the newest most, and sweeping ones not at all', () => {
    const many = Array.from({ length: 15 }, (_, index) => `src/${index}.js`);
    const texts = Object.fromEntries(many.map((path) => [path, 'export {};\n']));
    const commits = [
      { subject: 'Move the anchor', paths: ['src/0.js'] },
      { subject: 'Move the anchor everywhere', paths: many },
      ...Array.from({ length: 200 }, () => ({ subject: 'Tidy', paths: ['src/2.js'] })),
    ];
    const signs = signsOf('anchor', texts, commits);
    expect(signs('src/0.js')?.history).toBeGreaterThan(0);
    expect(signs('src/1.js')?.history ?? 0).toBe(0);
    expect(signs('src/0.js')?.similarChanges).toBeGreaterThan(signs('src/1.js')?.similarChanges ?? 0);
  });

  it('keeps every sign of text between 0 and 1', () => {
    const signs = signsOf('cookie cookie parse', {
      'src/cookie.js': 'export function cookie() { parse(cookie); }\n'.repeat(500),
      'a.js': 'x\n',
    });
    const { covered, defined, prose, code, passage, named, directory } = signs('src/cookie.js') ?? ({} as Signs);
    for (const sign of [covered, defined, prose, code, passage, named, directory]) {
      expect(sign).toBeGreaterThanOrEqual(0);
      expect(sign).toBeLessThanOrEqual(1);
    }
  });
});

describe('inverseFrequency', () => {
  it('falls from rare to common, and never below 0', () => {
    const values = [0, 1, 10, 50, 100].map((holding) => inverseFrequency(100, holding));
    expect(values.toSorted((a, b) => b - a)).toEqual(values);
    expect(values.at(-1)).toBeGreaterThanOrEqual(0);
  });
});
