import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/search/corpus.ts';
import { readQuestion } from '../../src/search/question.ts';
import { rank } from '../../src/search/rank.ts';
import { type WeighedProject, weigh } from '../../src/search/routing.ts';
import { createAnalyzer } from '../../src/search/terms.ts';
import { corpusOf } from '../support/corpus.ts';

function weighed(question: string, corpora: readonly Corpus[]): readonly WeighedProject[] {
  const analyzer = createAnalyzer();
  const query = readQuestion(question, analyzer);
  return weigh(
    corpora.map((corpus) => ({ corpus, ranking: rank(corpus, query) })),
    query,
    analyzer,
  );
}

function signsOf(question: string, corpora: readonly Corpus[]) {
  return weighed(question, corpora).map(({ signs }) => signs);
}

function likeliest(question: string, corpora: readonly Corpus[]): string {
  const projects = weighed(question, corpora);
  const best = projects.reduce((found, one, index) => (one.score > (projects[found]?.score ?? 0) ? index : found), 0);
  return corpora[best]?.name ?? '';
}

const shop = corpusOf(
  {
    'src/basket.js': 'export function addToBasket(basket, item) {\n  basket.items.push(item);\n}\n',
    'src/error.js': 'export class ShopError extends Error {}\n',
  },
  [{ subject: 'Round prices to cents', paths: ['src/basket.js'] }],
  'shop',
);
const client = corpusOf(
  {
    'lib/retry.js': 'export function retryRequest(request) {\n  return request();\n}\n',
    'lib/error.js': 'export class RequestError extends Error {}\n',
  },
  [{ subject: 'Wait as long as the server says', paths: ['lib/retry.js'] }],
  'client',
);

describe('weigh', () => {
  it('finds the project whose words a question uses, in either order', () => {
    expect(likeliest('how is a request retried', [shop, client])).toBe('client');
    expect(likeliest('how is a request retried', [client, shop])).toBe('client');
    expect(likeliest('how does an item get into the basket', [client, shop])).toBe('shop');
  });

  it('heeds what commits said, where all projects have some', () => {
    expect(likeliest('prices in cents', [client, shop])).toBe('shop');
    expect(likeliest('the server says how long', [shop, client])).toBe('client');
  });

  it('prefers the project that has all of a question in one place to one that has each word elsewhere', () => {
    const spread = corpusOf(
      {
        'src/gutter.js': 'gutter();\ngutter();\n',
        'src/valve.js': 'valve();\nvalve();\n',
        'src/spring.js': 'spring();\nspring();\n',
      },
      [],
      'spread',
    );
    const joined = corpusOf(
      {
        'src/a.js': '// The spring of a valve in the gutter.\nexport const a = 1;\n',
        'src/b.js': 'export const b = 1;\n',
        'src/c.js': 'export const c = 1;\n',
      },
      [],
      'joined',
    );
    const [scattered, together] = signsOf('gutter valve spring', [spread, joined]);
    expect(together?.fit).toBe(1);
    expect(scattered?.fit).toBeLessThan(0.5);
    expect(likeliest('gutter valve spring', [spread, joined])).toBe('joined');
  });

  it('heeds which project has commits about the area that a title names', () => {
    const files = { 'src/a.js': 'export const request = 1;\n' };
    const named = corpusOf(files, [{ subject: 'gutter: tidy', paths: ['src/a.js'] }], 'named');
    const other = corpusOf(files, [{ subject: 'margin: tidy', paths: ['src/a.js'] }], 'other');
    expect(likeliest('gutter: request is lost', [other, named])).toBe('named');
    const area = (question: string) => signsOf(question, [other, named]).map(({ area }) => area);
    expect(area('gutter: request is lost')).toEqual([0, expect.closeTo(Math.log(2) / 8)]);
    expect(area('request in the gutter')).toEqual([0, 0]);
  });

  it('heeds what a project is called', () => {
    expect(likeliest('what errors can the shop raise', [client, shop])).toBe('shop');
  });

  it('does not take a project for the likeliest because it is large', () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`src/${index}.js`, 'request();\nerror();\n']),
    );
    expect(likeliest('how is a request retried', [corpusOf(files, [], 'large'), client])).toBe('client');
  });
});
