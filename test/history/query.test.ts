import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { fullTextExpression } from '../../src/history/query.ts';

describe('a query as people type it', () => {
  it.each([
    ['rate limit', '"rate" "limit"'],
    ['"rate limit" slack', '"rate limit" "slack"'],
    ['auth*', '"auth" *'],
    ['"rate lim"*', '"rate lim" *'],
    ['src/auth.ts:42', '"src/auth.ts:42"'],
    ['"not closed', '"not closed"'],
    ['don"t', '"don" "t"'],
    ['日本 ÄÖ', '"日本" "ÄÖ"'],
  ])('%s is understood as %s', (typed, expression) => {
    expect(fullTextExpression(typed)).toBe(expression);
  });

  it.each([[''], ['   '], ['""'], ['*'], ['"*" -- !'], ['():^']])('%j looks for nothing', (typed) => {
    expect(fullTextExpression(typed)).toBeNull();
  });

  it('takes no more words than anybody types', () => {
    expect(fullTextExpression('word '.repeat(1000))?.split(' ')).toHaveLength(32);
  });

  it('is never a syntax error, and words of the syntax are words', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(
      `CREATE VIRTUAL TABLE words USING fts5 (text); INSERT INTO words VALUES ('a NOT b AND c OR d NEAR e text')`,
    );
    const search = database.prepare('SELECT count(*) AS count FROM words WHERE words MATCH ?');
    const typed = [
      ...[
        'NOT',
        'a AND',
        'OR',
        'NEAR(a b)',
        'text:a',
        '^a',
        '-a',
        '+',
        'a + b',
        '{a}',
        'a*b*',
        '*a',
        'a"b"c',
        '"a"b"',
        "'",
        'a\0b',
        '\\"',
        'a;--',
      ],
      ...['"a" * *', '(', ')', '"', '""""', '*"a', 'a:"b', '🙂', '🙂 a', '\ud800'],
    ];
    for (const query of typed) {
      const expression = fullTextExpression(query);
      if (expression !== null) expect(() => search.get(expression), query).not.toThrow();
    }
    expect(search.get(fullTextExpression('NOT AND') ?? '')).toEqual({ count: 1 });
    expect(search.get(fullTextExpression('🙂 text') ?? '')).toEqual({ count: 1 });
  });
});
