import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refreshHistory } from '../../src/search/history.ts';
import { openIndexFile } from '../../src/search/index-file.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

let base: string;
let root: string;
let database: DatabaseSync;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-history-'));
  root = mkdtempSync(join(base, 'project-'));
  database = openIndexFile(join(base, 'index.sqlite'));
  git('init', '-q');
});
afterEach(() => {
  database.close();
  rmSync(base, { recursive: true, force: true });
});

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

function commit(message: string, path: string, text = message) {
  writeFileSync(join(root, path), text);
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

const update = () => refreshHistory(database, root, createAnalyzer());
const touched = () =>
  database
    .prepare('select path, change from touched order by change, path')
    .all()
    .map((row) => `${row.change} ${row.path}`);
const saying = (term: string) =>
  Number(database.prepare('select count(*) n from occurrence where term = ?').get(term)?.n);

it('adds what was committed since, newer ones with higher numbers', async () => {
  commit('Plant apples', 'a.js');
  commit('Plant pears', 'b.js');
  expect(await update()).toBe(true);
  expect(await update()).toBe(false);
  expect(touched()).toEqual(['1 a.js', '2 b.js']);
  commit('Pick apples', 'a.js');
  expect(await update()).toBe(true);
  expect(touched()).toEqual(['1 a.js', '2 b.js', '3 a.js']);
  expect(saying('appl')).toBe(2);
});

it('begins anew when the past was rewritten', async () => {
  commit('Plant apples', 'a.js');
  commit('Plant pears', 'b.js');
  await update();
  git('reset', '-q', '--hard', 'HEAD~1');
  commit('Plant plums', 'c.js');
  await update();
  expect([saying('appl'), saying('pear'), saying('plum')]).toEqual([1, 0, 1]);
});

it('carries the past of a file over to its new name', async () => {
  commit('Plant apples', 'old.js', 'a long enough text\nto be recognised\n');
  await update();
  git('mv', 'old.js', 'new.js');
  git('commit', '-q', '-m', 'Rename it');
  await update();
  expect(touched()).toEqual(['1 new.js', '2 new.js']);
});
