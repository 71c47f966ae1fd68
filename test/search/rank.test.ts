import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../src/search/question.ts';
import { rank } from '../../src/search/rank.ts';
import { createAnalyzer } from '../../src/search/terms.ts';
import { corpusOf } from '../support/corpus.ts';

const fillers = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [
    `src/part${index}.js`,
    `export function part${index}() {\n  return ${index};\n}\n`,
  ]),
);

function order(
  question: string,
  files: Readonly<Record<string, string>>,
  commits: Parameters<typeof corpusOf>[1] = [],
) {
  const ranking = rank(corpusOf({ ...fillers, ...files }, commits), readQuestion(question, createAnalyzer()));
  return ranking.files.map(({ file }) => file.path).filter((path) => path in files);
}

const cookie = 'export function parseCookie(header) {\n  return header.split(";");\n}\n';

describe('rank', () => {
  it('puts the file that defines a thing before those that use it', () => {
    const files = {
      'src/app.js':
        'import { parseCookie } from "./header.js";\nrun(parseCookie(a), parseCookie(b), parseCookie(c));\n',
      'src/header.js': cookie,
    };
    expect(order('where is parseCookie defined', files)[0]).toBe('src/header.js');
  });

  it('puts source before its test, its example and what a document says of it', () => {
    const files = {
      'docs/cookie.md': `# parseCookie\n\n${cookie}`,
      'test/cookie.js': cookie,
      'examples/cookie.js': cookie,
      'src/cookie.js': cookie,
    };
    expect(order('fix parseCookie of a header', files)[0]).toBe('src/cookie.js');
  });

  it('puts a document first where the question asks what something is', () => {
    const files = {
      'docs/cookies.md': '# Cookies\n\nA session cookie is a cookie that ends with the session of the browser.\n',
      'src/jar.js': 'const session = new Map();\nexport const jar = { session };\n',
    };
    expect(order('What is a session cookie?', files)[0]).toBe('docs/cookies.md');
    expect(order('session jar is lost', files)[0]).toBe('src/jar.js');
  });

  it('names no changelog and no licence, unless it is asked for what they say or there is nothing else', () => {
    const records = {
      'CHANGELOG.md': '# Changes\n\n## 2.0.0\n\nThe parser of cookies takes a header, parseCookie.\n',
      LICENSE: 'Whoever uses the parser of a cookie header does so without warranty.\n',
    };
    const files = { ...records, 'src/header.js': cookie };
    expect(order('how does the parser of cookies take a header', files)).toEqual(['src/header.js']);
    expect(order('which version changed the parser of cookies', files)).toContain('CHANGELOG.md');
    expect(order('what does the licence say of a parser of cookies', files)).toContain('LICENSE');
    expect(order('whose warranty', records)).toEqual(['LICENSE']);
  });

  it('puts an implementation before its declaration', () => {
    const files = {
      'lib/cookie.d.ts':
        '/** Parses the cookie of a header. */\nexport function parseCookie(header: string): string[];\n',
      'lib/cookie.js': cookie,
    };
    expect(order('how is the cookie of a header parsed', files)).toEqual(['lib/cookie.js', 'lib/cookie.d.ts']);
  });

  it('goes by the area that a title names', () => {
    const files = {
      'src/middleware/cors.js': 'export function answer(request) {\n  return request.headers;\n}\n',
      'src/middleware/etag.js': 'export function answer(request) {\n  return request.headers;\n}\n',
    };
    expect(order('fix(etag): wrong answer for request headers', files)[0]).toBe('src/middleware/etag.js');
    expect(order('cors: wrong answer for request headers', files)[0]).toBe('src/middleware/cors.js');
  });

  it('finds a file whose name runs words together that the question keeps apart', () => {
    const files = {
      'src/bashcomplete.js': 'export const run = () => list();\n',
      'src/core.js': 'export const list = () => [];\n',
    };
    expect(order('bash completion of nested commands', files)[0]).toBe('src/bashcomplete.js');
  });

  it('learns from commits: what was said about a file, and who changed with it', () => {
    const files = { 'src/one.js': 'export const one = 1;\n', 'src/two.js': 'export const two = 2;\n' };
    const commits = [
      { subject: 'Stop the flicker of the cursor', paths: ['src/two.js'] },
      { subject: 'Tidy', paths: ['src/one.js'] },
    ];
    expect(order('cursor flicker', files, commits)[0]).toBe('src/two.js');
    expect(order('cursor flicker', files)).toEqual([]);
  });

  it('says how much of the question stands in one place of a file, or in its name', () => {
    const far = `// retry\n${'\n'.repeat(3)}${'let a = 1;\n'.repeat(90)}// server\n`;
    const corpus = corpusOf({
      ...fillers,
      'src/near.js': '// retry server\n',
      'src/far.js': far,
      'src/server.js': '// retry\n',
    });
    const { files } = rank(corpus, readQuestion('retry server', createAnalyzer()));
    const fits = new Map(files.map(({ file, fit }) => [file.path, fit]));
    expect(fits.get('src/near.js')).toBe(1);
    expect(fits.get('src/far.js')).toBe(0.5);
    expect(fits.get('src/server.js')).toBe(1);
  });

  it('puts the file that has all of a question in one place before one that has each word elsewhere', () => {
    const gap = `${'\nlet a = 1;'.repeat(70)}\n`;
    const files = {
      'src/apart.js': `retry();${gap}server();${gap}closed();\n`,
      'src/together.js': `${gap}// Asks for a retry when the server has closed.\nexport const again = 1;\n${gap}`,
    };
    expect(order('retry server closed', files)[0]).toBe('src/together.js');
  });

  it('has nothing to say to a question without words', () => {
    expect(order('?!', { 'src/cookie.js': cookie })).toEqual([]);
  });
});
