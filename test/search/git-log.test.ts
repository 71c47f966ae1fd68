import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAncestor, parseLog, readChanges, readHead } from '../../src/search/git-log.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tutti-log-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], { cwd: root });

function commit(message: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

describe('the log of a repository', () => {
  it('gives messages with the files they changed, newest first', async () => {
    git('init', '-q');
    commit('Add a parser', { 'src/parser.ts': 'one' });
    commit('Teach the parser numbers', { 'src/parser.ts': 'two', 'src/numbers.ts': 'x' });
    const head = await readHead(root);
    expect((await readChanges(root, head ?? '', null))?.changes).toEqual([
      { subject: 'Teach the parser numbers', paths: ['src/numbers.ts', 'src/parser.ts'] },
      { subject: 'Add a parser', paths: ['src/parser.ts'] },
    ]);
  });

  it('gives only what came after a known commit', async () => {
    git('init', '-q');
    commit('First', { 'a.ts': '1' });
    const first = (await readHead(root)) ?? '';
    commit('Second', { 'a.ts': '2' });
    const second = (await readHead(root)) ?? '';
    expect((await readChanges(root, second, first))?.changes.map((change) => change.subject)).toEqual(['Second']);
    expect(await isAncestor(root, first, second)).toBe(true);
    expect(await isAncestor(root, second, first)).toBe(false);
  });

  it('knows files by the names they have today', async () => {
    git('init', '-q');
    commit('Add it', { 'old.ts': 'a long enough text\nto be recognised\n' });
    git('mv', 'old.ts', 'new.ts');
    git('commit', '-q', '-m', 'Rename it');
    const log = await readChanges(root, (await readHead(root)) ?? '', null);
    expect(log?.changes.map((change) => change.paths)).toEqual([['new.ts'], ['new.ts']]);
  });

  it('names paths from the directory that was asked about, and nothing outside it', async () => {
    git('init', '-q');
    commit('Add both', { 'api/a.ts': '1', 'web/b.ts': '1' });
    const log = await readChanges(join(root, 'api'), (await readHead(root)) ?? '', null);
    expect(log?.changes).toEqual([{ subject: 'Add both', paths: ['a.ts'] }]);
  });

  it('is nothing outside a repository and before the first commit', async () => {
    expect(await readHead(root)).toBeNull();
    git('init', '-q');
    expect(await readHead(root)).toBeNull();
  });
});

describe('parseLog', () => {
  it('passes over commits that touch everything', () => {
    const many = Array.from({ length: 30 }, (_, index) => `M\tsrc/${index}.ts`).join('\n');
    expect(parseLog(`\u0001Format all\n\n${many}\n\u0001Fix one\n\nM\tsrc/1.ts\n`).changes).toEqual([
      { subject: 'Fix one', paths: ['src/1.ts'] },
    ]);
  });
});
