import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSearch } from '../../src/search/create.ts';
import type { Search } from '../../src/search/search.ts';

let base: string;
let project: string;
let data: string;
let messages: string[];
let search: Search;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-search-'));
  project = join(base, 'project');
  data = join(base, 'data');
  mkdirSync(project);
  mkdirSync(data);
  messages = [];
  search = start();
});
afterEach(async () => {
  await search.close();
  rmSync(base, { recursive: true, force: true });
});

const start = () => createSearch({ directory: data, log: (message) => messages.push(message) });

function write(files: Readonly<Record<string, string>>, root = project) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const retries = `import { wait } from './wait.js';

/** Tries a request again after the time that the server names in Retry-After. */
export async function retryRequest(request, attempts) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const response = await request();
    if (response.status !== 429) return response;
    await wait(Number(response.headers['retry-after']));
  }
}
`;
const cookies = `export function parseCookies(header) {
  return header.split(';').map((pair) => pair.trim().split('='));
}
`;
const retryQuestion = 'How are requests tried again when the server says retry after?';

const paths = (result: { readonly hits: readonly { readonly path: string }[] }) => [
  ...new Set(result.hits.map((hit) => hit.path)),
];

const indexFiles = () => readdirSync(join(data, 'search')).filter((name) => name.endsWith('.sqlite'));

describe('find', () => {
  it('quotes the lines that answer, best file first', async () => {
    write({ 'src/retry.js': retries, 'src/cookies.js': cookies, 'README.md': '# Client\n\nA client for requests.\n' });
    const { hits, confidence, files } = await search.find(project, retryQuestion);
    expect(files).toBe(3);
    expect(confidence).toBeGreaterThan(0.4);
    expect(hits[0]?.path).toBe('src/retry.js');
    const lines = retries.split('\n').slice((hits[0]?.line ?? 1) - 1, hits[0]?.endLine);
    expect(hits[0]?.text).toBe(lines.join('\n'));
    expect(hits.map((hit) => hit.text).join('\n')).toContain('retry-after');
  });

  it('says nothing where nothing fits, but names the nearest files', async () => {
    write({ 'src/retry.js': retries, 'src/cookies.js': cookies });
    const { hits, nearest, confidence } = await search.find(
      project,
      'Which request computes the payroll tax of employees abroad?',
    );
    expect(hits).toEqual([]);
    expect(nearest).toContain('src/retry.js');
    expect(confidence).toBeLessThan(0.3);
  });

  it('sees files that are new, changed, gone or renamed since it was asked last', async () => {
    write({ 'src/cookies.js': cookies });
    expect((await search.find(project, retryQuestion)).hits).toEqual([]);
    write({ 'src/retry.js': retries });
    expect(paths(await search.find(project, retryQuestion))[0]).toBe('src/retry.js');
    write({ 'src/retry.js': `\n\n\n${retries}` });
    const [moved] = (await search.find(project, retryQuestion)).hits;
    expect(moved?.text).toBe(
      `\n\n\n${retries}`
        .split('\n')
        .slice((moved?.line ?? 1) - 1, moved?.endLine)
        .join('\n'),
    );
    rmSync(join(project, 'src/retry.js'));
    write({ 'lib/again.js': retries });
    expect(paths(await search.find(project, retryQuestion))).toEqual(['lib/again.js']);
  });

  it('quotes a passage once, however many builds hold it', async () => {
    write({
      'dist/index.js': `'use strict';\n${retries}`,
      'dist/index.mjs': `${retries}\n// esm\n`,
      'dist/web.mjs': `// web\n${retries}`,
    });
    expect(paths(await search.find(project, retryQuestion))).toHaveLength(1);
  });

  it('prefers what defines a thing to what mentions it, and source to tests and documents', async () => {
    write({
      'src/retry.js': retries,
      'src/client.js':
        "import { retryRequest } from './retry.js';\nexport const get = (url) => retryRequest(() => fetch(url), 3);\n",
      'test/retry.test.js':
        "import { retryRequest } from '../src/retry.js';\ntest('retryRequest tries again', () => retryRequest(request, 3));\n",
      'docs/retry.md': '# retryRequest\n\nretryRequest tries again.\n',
    });
    expect(paths(await search.find(project, 'where does `retryRequest` try again'))[0]).toBe('src/retry.js');
  });

  it('gives documents their due when it is asked what something is', async () => {
    write({
      'src/bucket.js': 'export const bucket = new Map();\n',
      'README.md': '# Client\n\n## Buckets\n\nA bucket is the group of routes that share one rate limit.\n',
    });
    expect(paths(await search.find(project, 'What is a bucket of routes?'))[0]).toBe('README.md');
  });

  it('neither reads nor quotes secrets, ignored files and what a link leads out to', async () => {
    const outside = join(base, 'outside');
    write({ 'retry.js': retries }, outside);
    write({
      '.gitignore': 'local/\n',
      '.env': 'RETRY_AFTER_SERVER_TOKEN=abc\n',
      'local/retry.js': retries,
      'key.js': `const retry = "x";\n// retry after server\n-----BEGIN PRIVATE KEY-----\nretry after server request MIIEsecret\n-----END PRIVATE KEY-----\n`,
    });
    symlinkSync(outside, join(project, 'linked'));
    const { hits, nearest } = await search.find(project, 'retry after server request MIIEsecret token');
    expect([...paths({ hits }), ...nearest]).not.toEqual(expect.arrayContaining(['.env']));
    expect(new Set([...paths({ hits }), ...nearest])).toEqual(new Set(['key.js']));
    expect(hits.map((hit) => hit.text).join('\n')).not.toContain('MIIE');
  });

  it('learns from commits which file a matter belongs to', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], { cwd: project });
    const filler = (name: string) => `export function ${name}(value) {\n  return value;\n}\n`;
    git('init', '-q');
    for (const name of ['alpha', 'beta', 'gamma', 'delta']) {
      write({ [`src/${name}.js`]: filler(name) });
      git('add', '-A');
      git('commit', '-q', '-m', name === 'gamma' ? 'Stop the flicker of the cursor on resize' : `Tidy ${name}`);
    }
    expect(paths(await search.find(project, 'cursor flicker on resize'))[0]).toBe('src/gamma.js');
  });

  it('finds nothing, and says why, in a directory that is gone', async () => {
    expect(await search.find(join(base, 'missing'), 'anything')).toEqual({
      hits: [],
      confidence: 0,
      nearest: [],
      files: 0,
    });
    expect(messages.join()).toContain('missing');
  });

  it('stops waiting when it is told to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(search.find(project, 'anything', controller.signal)).rejects.toThrow('enough');
  });
});

describe('the index', () => {
  it('lies in the data directory, for its owner only', async () => {
    write({ 'a.js': retries });
    await search.find(project, retryQuestion);
    expect(statSync(join(data, 'search')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(data, 'search'))) {
      expect(statSync(join(data, 'search', name)).mode & 0o777).toBe(0o600);
    }
  });

  it.each([
    ['is no database', () => 'not a database at all, whatever its name may say'.repeat(100)],
    ['is cut short', (content: Buffer) => content.subarray(0, Math.floor(content.length / 2))],
    ['is full of noise', (content: Buffer) => content.fill(7, 2_000, content.length - 100)],
  ])('is built anew when it %s', async (_, damage) => {
    write({ 'a.js': retries });
    await search.find(project, retryQuestion);
    await search.close();
    const [name] = indexFiles();
    const file = join(data, 'search', name ?? '');
    writeFileSync(file, damage(Buffer.from(execFileSync('cat', [file]))));
    search = start();
    expect(paths(await search.find(project, retryQuestion))).toEqual(['a.js']);
    expect(messages).toEqual([]);
  });

  it('serves two processes at once', async () => {
    write({ 'a.js': retries, 'b.js': cookies });
    const other = start();
    const [one, two] = await Promise.all([search.find(project, retryQuestion), other.find(project, retryQuestion)]);
    await other.close();
    expect(one).toEqual(two);
    expect(one.files).toBe(2);
  });

  it('is the same one, whichever way leads to the project', async () => {
    write({ 'a.js': retries });
    symlinkSync(project, join(base, 'alias'));
    await search.find(project, retryQuestion);
    expect(paths(await search.find(join(base, 'alias'), retryQuestion))).toEqual(['a.js']);
    expect(indexFiles()).toHaveLength(1);
  });
});

describe('findAll', () => {
  it('is surest of the project that a question is about', async () => {
    const other = join(base, 'shop');
    write({ 'src/retry.js': retries, 'src/cookies.js': cookies });
    write({ 'src/basket.js': 'export function addToBasket(basket, item) {\n  basket.items.push(item);\n}\n' }, other);
    const [first, second] = await search.findAll([project, other], retryQuestion);
    expect(first?.confidence).toBeGreaterThan(second?.confidence ?? 1);
    const [third, fourth] = await search.findAll([project, other], 'how is an item added to the basket');
    expect(fourth?.confidence).toBeGreaterThan(third?.confidence ?? 1);
  });

  it('still answers for the others when one project is gone', async () => {
    write({ 'src/retry.js': retries });
    const [gone, there] = await search.findAll([join(base, 'missing'), project], retryQuestion);
    expect(gone).toMatchObject({ hits: [], confidence: 0 });
    expect(there && paths(there)).toEqual(['src/retry.js']);
  });
});

describe('count and files', () => {
  it('counts without waiting for the first build, which it starts', async () => {
    write({ 'a.js': retries, 'b.js': cookies });
    expect(await search.count(project)).toBeNull();
    await expect.poll(() => search.count(project)).toBe(2);
  });

  it('completes paths', async () => {
    write({ 'src/retry.js': retries, 'src/cookies.js': cookies });
    expect(await search.files(project, 'coo', 5)).toEqual(['src/cookies.js']);
  });
});
