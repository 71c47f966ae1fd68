import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../src/search/question.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

const read = (text: string) => readQuestion(text, createAnalyzer());
const weightOf = (text: string, term: string) => read(text).terms.find((one) => one.term === term)?.weight ?? 0;

describe('readQuestion', () => {
  it('leaves out whom a question is for, and words that say nothing', () => {
    const words = read('How do @slack and @discord each deal with rate limits?').terms.filter((term) => !term.isPair);
    expect(words.filter((term) => term.weight >= 1).map((term) => term.term)).toEqual(['rate', 'limit']);
  });

  it('looks for neighbouring words as one identifier too', () => {
    expect(read('rate limits').terms).toContainEqual({ term: 'ratelimit', weight: 0.4, isPair: true });
  });

  it('gives identifiers more weight than words, and words of any bug report less', () => {
    expect(weightOf('why does parseUrl loop', 'parseurl')).toBeGreaterThan(weightOf('why does it loop', 'loop'));
    expect(weightOf('fix the loop', 'fix')).toBeLessThan(weightOf('fix the loop', 'loop'));
  });

  it('knows identifiers by their looks, by backticks and by their call', () => {
    expect([...read('`drain` then pass_obj and Context.Next() but plain').identifiers]).toEqual(
      expect.arrayContaining(['drain', 'passobj', 'context', 'next']),
    );
    expect(read('but plain words').identifiers.size).toBe(0);
  });

  it.each([
    ['fix(cookie): first one wins', ['cooki']],
    ['[router] match again', ['router']],
    ['middleware/cors: answer at once', ['middlewar', 'cor']],
    ['fix: match again', []],
    ['How does it work?', []],
  ])('reads the area of %s', (text, area) => {
    expect(read(text).area).toEqual(area);
  });

  it('knows a question that documents may answer', () => {
    expect(read('What is a bucket?').wantsDocs).toBe(true);
    expect(read('Where is the bucket emptied?').wantsDocs).toBe(false);
  });

  it('tells a question from a report', () => {
    expect(read('Where is the bucket emptied').isQuestion).toBe(true);
    expect(read('The bucket is emptied where?').isQuestion).toBe(true);
    expect(read('fix(bucket): emptied twice').isQuestion).toBe(false);
    expect(read('fix(bucket): emptied twice').isRepair).toBe(true);
    expect(read('The suffix of a prefix').isRepair).toBe(false);
  });

  it('knows when releases and licences are meant', () => {
    expect(read('Which version brought the bucket?').wantsRecords).toBe(true);
    expect(read('Under which licence does the bucket stand?').wantsRecords).toBe(true);
    expect(read('How is the bucket emptied?').wantsRecords).toBe(false);
  });

  it('takes a text of any length', () => {
    expect(read('word another '.repeat(100_000)).terms.length).toBeLessThan(10);
  });
});
