import { describe, expect, it } from 'vitest';
import { type Measured, measure, type Signs } from '../../src/search/measure.ts';
import { readQuestion } from '../../src/search/question.ts';
import { bestOf, shareOfBest } from '../../src/search/relative.ts';
import { createAnalyzer } from '../../src/search/terms.ts';
import { corpusOf } from '../support/corpus.ts';

const none = { defined: 0, prose: 0, code: 0, history: 0, passage: 0, directory: 0, neighbours: 0 };

function measured(texts: Readonly<Record<string, string>>): readonly Measured[] {
  return measure(corpusOf(texts, []), readQuestion('turn the key', createAnalyzer())).files;
}

function signsOf(files: readonly Measured[], path: string): Signs {
  const found = files.find(({ file }) => file.path === path);
  if (found === undefined) throw new Error(`${path} has nothing of it`);
  return found.signs;
}

describe('shareOfBest', () => {
  const files = measured({
    'src/door.js': 'export function turn(key) {\n  return key;\n}\n',
    'src/lock.js': 'export const lock = (key) => key;\n',
    'test/door.test.js': 'turn(key); turn(key); turn(key); turn(key);\n',
  });

  it('gives the best source all of a weight, and others their part of it', () => {
    const code = { ...none, code: 2 };
    expect(shareOfBest(signsOf(files, 'src/door.js'), bestOf(files), code)).toBe(2);
    const other = shareOfBest(signsOf(files, 'src/lock.js'), bestOf(files), code);
    expect(other).toBeGreaterThan(0);
    expect(other).toBeLessThan(2);
  });

  it('lets no test run away because it says more than any source', () => {
    const share = shareOfBest(
      signsOf(files, 'test/door.test.js'),
      { ...bestOf(files), code: 0.0001 },
      { ...none, code: 2 },
    );
    expect(share).toBe(3);
  });

  it('gives nothing for what nobody has', () => {
    expect(shareOfBest(signsOf(files, 'src/door.js'), bestOf(files), { ...none, history: 2 })).toBe(0);
  });

  it('holds files against each other where there are no sources', () => {
    const documents = measured({ 'docs/a.md': '# Turn\n\nthe key\n', 'docs/b.md': 'key\n' });
    expect(shareOfBest(signsOf(documents, 'docs/a.md'), bestOf(documents), { ...none, defined: 1 })).toBe(1);
  });
});
