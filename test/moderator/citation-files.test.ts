import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLines } from '../../src/moderator/citation-files.ts';

let root: string;
let project: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-citations-')));
  project = join(root, 'project');
  mkdirSync(join(project, 'src'), { recursive: true });
  mkdirSync(join(root, 'project-secrets'));
  writeFileSync(join(root, 'secret.txt'), 'secret\n');
  writeFileSync(join(root, 'project-secrets', 'key.txt'), 'secret\n');
  writeFileSync(join(project, 'src', 'a.ts'), 'one\ntwo\nthree\n');
  writeFileSync(join(project, 'src', 'windows.ts'), 'one\r\ntwo');
  writeFileSync(join(project, 'empty.ts'), '');
  writeFileSync(join(project, 'a:b.ts'), 'odd\n');
  writeFileSync(join(project, '..hidden'), 'not outside\n');
  writeFileSync(join(project, 'long.txt'), `${'x'.repeat(100_000)}\nlast\n`);
  symlinkSync(join(root, 'secret.txt'), join(project, 'link.txt'));
  symlinkSync(root, join(project, 'up'));
  symlinkSync('src/a.ts', join(project, 'inner.ts'));
  symlinkSync('loop', join(project, 'loop'));
  symlinkSync(project, join(root, 'alias'));
  execFileSync('mkfifo', [join(project, 'pipe')]);
});

afterAll(() => rmSync(root, { recursive: true }));

async function check(path: string, line: number | null = 1, endLine: number | null = null, directory = project) {
  return checkLines(directory, { path, line, endLine });
}

describe('checkLines', () => {
  it.each([
    ['src/a.ts', 1, null, 'one'],
    ['src/a.ts', 3, null, 'three'],
    ['src/a.ts', 1, 2, 'one\ntwo'],
    ['src/a.ts', null, null, null],
    ['./src/../src/a.ts', 2, null, 'two'],
    ['src/windows.ts', 2, null, 'two'],
    ['src/windows.ts', 1, null, 'one'],
    ['a:b.ts', 1, null, 'odd'],
    ['..hidden', 1, null, 'not outside'],
    ['inner.ts', 2, null, 'two'],
    ['long.txt', 2, null, 'last'],
  ])('finds %s:%s-%s', async (path, line, endLine, excerpt) => {
    expect(await check(path, line, endLine)).toMatchObject({ reason: null, excerpt });
  });

  it('takes an absolute path inside the directory, by its own name or the real one, and says the relative one', async () => {
    expect(await check(join(project, 'src/a.ts'))).toEqual({ path: 'src/a.ts', reason: null, excerpt: 'one' });
    expect(await check(join(project, 'src/a.ts'), 1, null, join(root, 'alias'))).toMatchObject({
      path: 'src/a.ts',
      reason: null,
    });
    expect(await check(join(root, 'alias/src/a.ts'), 1, null, join(root, 'alias'))).toMatchObject({
      path: 'src/a.ts',
      reason: null,
    });
  });

  it.each([
    [4, null],
    [0, null],
    [3, 4],
    [3, 2],
    [999_999_999, null],
  ])('finds no lines %s-%s in a file of three', async (line, endLine) => {
    expect(await check('src/a.ts', line, endLine)).toEqual({ path: 'src/a.ts', reason: 'no-such-line', excerpt: null });
  });

  it('finds no line in an empty file', async () => {
    expect(await check('empty.ts')).toMatchObject({ reason: 'no-such-line' });
  });

  it.each([
    'src',
    '.',
    '',
    'nope.ts',
    'src/a.ts/x',
    'pipe',
    'loop',
    'a\0b',
    'x'.repeat(5_000),
    'src\\a.ts',
    '~/x.ts',
    '%2e%2e/secret.txt',
  ])('knows no file %o', async (path) => {
    expect(await check(path)).toMatchObject({ reason: 'no-such-file', excerpt: null });
  });

  it('knows no file in a directory that is gone', async () => {
    expect(await check('a.ts', 1, null, join(root, 'gone'))).toMatchObject({ reason: 'no-such-file' });
  });

  it('follows no link out of the directory', async () => {
    expect(await check('link.txt')).toMatchObject({ path: 'link.txt', reason: 'outside', excerpt: null });
    expect(await check('up/secret.txt')).toMatchObject({ reason: 'outside', excerpt: null });
    expect(await check('up/project-secrets/key.txt')).toMatchObject({ reason: 'outside' });
  });

  it('never leaves the directory, whatever the name', async () => {
    const ups = ['..', './..', 'src/../..', 'src/./../..', '..//', 'nope/../..', '../project/..', '.././.'];
    const targets = [
      'secret.txt',
      'project-secrets/key.txt',
      '../etc/passwd',
      'nope',
      '../../../../../../../../etc/passwd',
      '',
    ];
    const absolute = [
      '/etc/passwd',
      '/',
      '//etc/passwd',
      '/proc/self/environ',
      '/dev/zero',
      '/dev/stdin',
      '/../etc/passwd',
      join(root, 'secret.txt'),
      `${project}-secrets/key.txt`,
    ];
    const relatives = ups.flatMap((up) =>
      ['', './', 'src/../'].flatMap((start) => targets.map((target) => `${start}${up}/${target}`)),
    );
    const encoded = [
      '..%2f',
      '%2e%2e/',
      '..%c0%af',
      '..\\',
      '..;/',
      '．．/',
      '.../',
      '....//',
      ' ../',
      '../\0',
    ].flatMap((up) => targets.map((target) => `${up}${target}`));
    const names = [...absolute, ...relatives, ...encoded];
    expect(names.length).toBeGreaterThan(200);
    for (const name of names) {
      const { reason, excerpt } = await check(name);
      expect([name, reason, excerpt]).toEqual([name, expect.stringMatching(/^(?:outside|no-such-file)$/), null]);
    }
  });

  it('quotes no more than a few thousand characters', async () => {
    const { excerpt } = await check('long.txt', 1, 2);
    expect(excerpt).toMatch(/^x+…$/);
    expect(excerpt?.length).toBeLessThan(10_000);
  });

  it('stops when asked', async () => {
    await expect(
      checkLines(project, { path: 'src/a.ts', line: 1, endLine: null }, AbortSignal.abort(new Error('stopped'))),
    ).rejects.toThrow('stopped');
  });
});
