import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTransaction, openIndexFile, readMeta, removeIndexFile, writeMeta } from '../../src/search/index-file.ts';

let base: string;
let file: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-index-'));
  file = join(base, 'search', 'one.sqlite');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

it('is made with rights for its owner only', () => {
  openIndexFile(file).close();
  expect(statSync(join(base, 'search')).mode & 0o777).toBe(0o700);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('keeps what it holds from one opening to the next', () => {
  const first = openIndexFile(file);
  expect(readMeta(first, 'head')).toBeNull();
  writeMeta(first, 'head', 'abc');
  writeMeta(first, 'head', 'def');
  first.close();
  const second = openIndexFile(file);
  expect(readMeta(second, 'head')).toBe('def');
  second.close();
});

it('is thrown away when another version made it, or when it is no index', () => {
  const first = openIndexFile(file);
  writeMeta(first, 'head', 'abc');
  first.exec('pragma user_version = 99');
  first.close();
  const second = openIndexFile(file);
  expect(readMeta(second, 'head')).toBeNull();
  second.close();
  writeFileSync(file, 'something else entirely '.repeat(500));
  const third = openIndexFile(file);
  expect(readMeta(third, 'head')).toBeNull();
  third.close();
});

it('leaves nothing of work that failed', () => {
  const database = openIndexFile(file);
  expect(() =>
    inTransaction(database, () => {
      writeMeta(database, 'head', 'abc');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(readMeta(database, 'head')).toBeNull();
  database.close();
});

it('goes with everything that belongs to it', () => {
  const database = openIndexFile(file);
  writeMeta(database, 'head', 'abc');
  const beside = new DatabaseSync(file);
  removeIndexFile(file);
  beside.close();
  database.close();
  expect(readdirSync(join(base, 'search'))).toEqual([]);
});
