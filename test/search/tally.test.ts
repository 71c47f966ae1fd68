import { expect, it } from 'vitest';
import { readQuestion } from '../../src/search/question.ts';
import { tallyOf } from '../../src/search/tally.ts';
import { createAnalyzer } from '../../src/search/terms.ts';
import { corpusOf } from '../support/corpus.ts';

it('counts files once per term, whether they have it in their text or in their path', () => {
  const query = readQuestion('cookie header', createAnalyzer());
  const corpus = corpusOf(
    { 'src/cookie.js': 'header(header);\ncookie();\n', 'lib/jar.js': 'cookie();\n', 'lib/other.js': 'x();\n' },
    [{ subject: 'Keep the header', paths: ['lib/other.js'] }],
  );
  const tally = tallyOf(corpus, query);
  const counted = query.terms.map(({ term }, index) => [
    term,
    tally.holding[index],
    tally.occurrences[index],
    tally.saying[index],
  ]);
  expect(counted).toEqual([
    ['cooki', 2, 2, 0],
    ['header', 1, 2, 1],
    ['cookiehead', 0, 0, 0],
  ]);
  expect(tally.files.map(({ file }) => file.path).toSorted()).toEqual(['lib/jar.js', 'lib/other.js', 'src/cookie.js']);
});
