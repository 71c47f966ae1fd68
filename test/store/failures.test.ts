import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { explained, isBusy, isDamage, isDiskFull } from '../../src/store/failures.ts';
import { dataDirectory } from '../support/store/directory.ts';

describe('failures of the store, as SQLite and node really report them', () => {
  it('knows a full disk', () => {
    const { error, directory } = failing((database) => {
      database.exec('CREATE TABLE t (x); PRAGMA max_page_count = 2; INSERT INTO t VALUES (zeroblob(100000))');
    });
    expect(isDiskFull(error)).toBe(true);
    expect(explained(error, directory)).toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(directory),
    });
    expect(isDiskFull(explained(error, directory))).toBe(true);
    expect(isDiskFull(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toBe(true);
  });

  it('knows a file that is no database', () => {
    const { error, directory } = failing((database, file) => {
      writeFileSync(file, 'nothing that SQLite would know, and more than a header long'.repeat(10));
      database.exec('SELECT * FROM sqlite_schema');
    });
    expect(isDamage(error)).toBe(true);
    expect(explained(error, directory)).toMatchObject({ code: 'store-damaged' });
    expect(isDamage(explained(error, directory))).toBe(true);
  });

  it('knows a database that another one holds', () => {
    const { error, directory } = failing((database, file) => {
      const other = new DatabaseSync(file, { timeout: 0 });
      database.exec('BEGIN EXCLUSIVE');
      other.exec('BEGIN IMMEDIATE');
    });
    expect(isBusy(error)).toBe(true);
    expect(explained(error, directory)).toMatchObject({ code: 'store-busy' });
  });

  it('knows a database that cannot be written', () => {
    const { error, directory } = failing((database, file) => {
      database.exec('CREATE TABLE t (x)');
      new DatabaseSync(file, { readOnly: true }).exec('INSERT INTO t VALUES (1)');
    });
    expect(explained(error, directory)).toMatchObject({ code: 'store-read-only' });
  });

  it('leaves every other error as it is', () => {
    const { error, directory } = failing((database) => database.exec('SELECT nothing'));
    expect(explained(error, directory)).toBe(error);
    const other = new UserError('some-code', 'Some message.');
    expect(explained(other, directory)).toBe(other);
    for (const is of [isBusy, isDamage, isDiskFull]) expect(is(error) || is(other) || is('text')).toBe(false);
  });
});

function failing(work: (database: DatabaseSync, file: string) => void) {
  const directory = dataDirectory();
  mkdirSync(directory);
  const file = join(directory, 'some.db');
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    work(database, file);
  } catch (error) {
    return { error, directory };
  }
  throw new Error('Nothing failed.');
}
