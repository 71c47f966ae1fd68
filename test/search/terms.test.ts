import { describe, expect, it } from 'vitest';
import { createAnalyzer, partsOf } from '../../src/search/terms.ts';

describe('terms', () => {
  const terms = (text: string) => createAnalyzer().terms(text);

  it('splits identifiers into their parts and keeps the whole as well', () => {
    expect(terms('retryAfter')).toEqual(['retri', 'after', 'retryaft']);
    expect(terms('max_open_sockets')).toEqual(['max', 'open', 'socket', 'maxopensocket']);
    expect(partsOf('getHTTPResponse')).toEqual(['get', 'http', 'response']);
  });

  it('splits paths at every separator', () => {
    expect(terms('src/web-client/WebClient.ts')).toEqual(['src', 'web', 'client', 'web', 'client', 'webclient', 'ts']);
  });

  it('gives the forms of one word one term', () => {
    expect(new Set([...terms('limit'), ...terms('limits'), ...terms('limited'), ...terms('limiting')]).size).toBe(1);
  });

  it('finds a question about rate limits in the code that has rateLimited', () => {
    expect(terms('rateLimited')).toContain('ratelimit');
  });

  it('leaves out words that say nothing, single letters and endless strings', () => {
    expect(terms(`how do the x ${'a'.repeat(200)} work`)).toEqual(['work']);
  });

  it('keeps numbers, which name status codes', () => {
    expect(terms('status 429')).toEqual(['statu', '429']);
  });

  it('takes scripts without spaces in pairs of characters', () => {
    expect(terms('重试次数')).toEqual(['重试', '试次', '次数']);
  });

  it('gives the same answer for a word that it has met before', () => {
    const analyzer = createAnalyzer();
    expect(analyzer.terms('retryAfter retryAfter').slice(0, 3)).toEqual(analyzer.terms('retryAfter'));
  });
});
