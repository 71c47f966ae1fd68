import { describe, expect, it } from 'vitest';
import { isHostLike, namesFile, readBare, readPath, readTarget } from '../../src/moderator/citation-path.ts';

describe('readPath', () => {
  it.each([
    ['src/auth.ts:42', 'src/auth.ts', 42, null],
    ['src/auth.ts:42-57', 'src/auth.ts', 42, 57],
    ['src/auth.ts:42–57', 'src/auth.ts', 42, 57],
    ['src/auth.ts:42-42', 'src/auth.ts', 42, null],
    [' src/auth.ts:42 ', 'src/auth.ts', 42, null],
    ['a:b.ts:3', 'a:b.ts', 3, null],
    ['src/a.ts:42:7', 'src/a.ts:42', 7, null],
    ['docs/my file.md:3', 'docs/my file.md', 3, null],
    ['app/[slug]/page.tsx:3', 'app/[slug]/page.tsx', 3, null],
    ['src/\\_\\_tests\\_\\_/a.ts:1', 'src/__tests__/a.ts', 1, null],
    ['Makefile:12', 'Makefile', 12, null],
    ['src/auth.ts', 'src/auth.ts', null, null],
    ['README.md', 'README.md', null, null],
  ])('splits %o at its last digits', (written, path, line, endLine) => {
    expect(readPath(written)).toEqual({ path, line, endLine });
  });

  it.each([' see below', 'Makefile', '', 'e.g. this/that is so'])('takes %o for words', (written) => {
    expect(readPath(written)).toBeNull();
  });
});

describe('readBare', () => {
  it.each([
    ['see src/auth.ts:42 for it', 'src/auth.ts:42', 'src/auth.ts', 42, null],
    ['see src/auth.ts:42-57.', 'src/auth.ts:42-57', 'src/auth.ts', 42, 57],
    ['(src/auth.ts:42)', 'src/auth.ts:42', 'src/auth.ts', 42, null],
    ['[src/auth.ts:42]', '[src/auth.ts:42]', 'src/auth.ts', 42, null],
    ['**src/auth.ts:42**', 'src/auth.ts:42', 'src/auth.ts', 42, null],
    ['src/auth.ts:42:13 at', 'src/auth.ts:42:13', 'src/auth.ts', 42, null],
    ['README.md:3', 'README.md:3', 'README.md', 3, null],
    ['.env:3', '.env:3', '.env', 3, null],
    ['bin/tutti:3', 'bin/tutti:3', 'bin/tutti', 3, null],
    ['../x.ts:3', '../x.ts:3', '../x.ts', 3, null],
    ['/etc/passwd:1', '/etc/passwd:1', '/etc/passwd', 1, null],
    ['app/(auth)/[id]/page.tsx:3', 'app/(auth)/[id]/page.tsx:3', 'app/(auth)/[id]/page.tsx', 3, null],
    [
      'node_modules/@slack/bolt/index.js:3',
      'node_modules/@slack/bolt/index.js:3',
      'node_modules/@slack/bolt/index.js',
      3,
      null,
    ],
    ['見て、src/日本.ts:3。', 'src/日本.ts:3', 'src/日本.ts', 3, null],
    ['file=src/a.ts:3', 'src/a.ts:3', 'src/a.ts', 3, null],
  ])('finds the path in %o', (text, written, path, line, endLine) => {
    const found = readBare(text);
    expect(found).toMatchObject([{ path, line, endLine }]);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([written]);
  });

  it.each([
    'https://example.com/src/a.ts:42',
    'http://localhost:3000',
    'localhost:3000',
    '127.0.0.1:8080',
    'at 12:30',
    '2024-01-02T12:30:00',
    '16:9/4:3',
    'node:24',
    'ratio 3/4:5',
    'C:3',
    'src/auth.ts',
    'src/auth.ts:42abc',
    'src/auth.ts: 42',
    'v1.2:3',
  ])('finds none in %o', (text) => {
    expect(readBare(text)).toEqual([]);
  });
});

describe('readTarget', () => {
  it.each([
    ['src/a.ts:42', 'src/a.ts', 42, null],
    ['src/a.ts#L42', 'src/a.ts', 42, null],
    ['src/a.ts#L42-L57', 'src/a.ts', 42, 57],
    ['/home/me/project/src/a.ts:42', '/home/me/project/src/a.ts', 42, null],
    ['file:///home/me/a.ts:4', '/home/me/a.ts', 4, null],
    ['docs/my%20file.md#L3', 'docs/my file.md', 3, null],
  ])('reads %s', (url, path, line, endLine) => {
    expect(readTarget(url)).toEqual({ path, line, endLine });
  });

  it.each([
    'https://example.com/a.ts#L42',
    'mailto:a@b.c',
    'src/a.ts',
    '#L42',
    'javascript:alert(1)',
    '%E0%A4%A',
    'localhost:3000',
  ])('finds no lines of a file in %s', (url) => {
    expect(readTarget(url)).toBeNull();
  });
});

describe('namesFile', () => {
  it.each([
    'in src/auth.ts, the token',
    'src/auth.ts',
    '`src/auth.ts:42`',
    '[auth](src/auth.ts#L4)',
    './src/auth.ts',
    '/home/me/api/src/auth.ts:3',
    'packages: api/src/auth.ts',
    '--- a/src/auth.ts',
    'it is src/auth.ts.',
    'only not-src/auth.ts, but then src/auth.ts',
  ])('finds it in %o', (text) => {
    expect(namesFile(text, 'src/auth.ts', '/home/me/api')).toBe(true);
  });

  it.each([
    '',
    'auth.ts',
    'src/auth.tsx',
    'src/auth.ts.bak',
    'other/src/auth.ts',
    'my-src/auth.ts',
    'src/auth.ts/x',
    'xapi/src/auth.ts',
    '/etc/src/auth.ts',
  ])('does not find it in %o', (text) => {
    expect(namesFile(text, 'src/auth.ts', '/home/me/api')).toBe(false);
  });
});

describe('isHostLike', () => {
  it('knows hosts from files', () => {
    expect(['example.com', 'www.x.y/a.ts', 'api.internal', 'github.com/a/b.go'].every(isHostLike)).toBe(true);
    expect(['src/a.ts', 'README.md', 'com/a.ts', 'company.ts'].some(isHostLike)).toBe(false);
  });
});
