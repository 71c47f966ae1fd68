import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Connection, connect } from '../../src/store/connection.ts';
import { makePrivateFile } from '../../src/store/files.ts';
import { dataDirectory } from '../support/store/directory.ts';

describe('the connection', () => {
  it('never makes a database file itself', () => {
    const file = join(made(), 'missing.db');
    expect(() => connect(file)).toThrow('unable to open');
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('writes ahead, durably, and what it makes beside the database has its rights', () => {
    const { connection, file } = opened();
    connection.execute('CREATE TABLE t (n INTEGER)');
    expect(connection.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(connection.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(connection.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    for (const suffix of ['-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  });

  it('says how many rows a statement changed', () => {
    const { connection } = opened();
    connection.execute('CREATE TABLE t (n INTEGER)');
    expect(connection.run('INSERT INTO t VALUES (?), (?)', 1, 2)).toBe(2);
    expect(connection.all('SELECT n FROM t')).toEqual([{ n: 1 }, { n: 2 }]);
    expect(connection.get('SELECT n FROM t WHERE n = 3')).toBeUndefined();
  });

  it('keeps nothing of a transaction that fails, and can go on', () => {
    const { connection } = opened();
    connection.execute('CREATE TABLE t (n INTEGER)');
    expect(() =>
      connection.transaction(() => {
        connection.run('INSERT INTO t VALUES (1)');
        throw new Error('stopped here');
      }),
    ).toThrow('stopped here');
    connection.transaction(() => connection.run('INSERT INTO t VALUES (2)'));
    expect(connection.all('SELECT n FROM t')).toEqual([{ n: 2 }]);
  });

  it('takes a transaction inside another as part of it', () => {
    const { connection } = opened();
    connection.execute('CREATE TABLE t (n INTEGER)');
    expect(() =>
      connection.transaction(() => {
        connection.transaction(() => connection.run('INSERT INTO t VALUES (1)'));
        throw new Error('stopped here');
      }),
    ).toThrow('stopped here');
    expect(connection.all('SELECT n FROM t')).toEqual([]);
  });

  it('locks out other writers from the beginning of a transaction, not from its first write', () => {
    const { connection, file } = opened();
    const other = connect(file);
    onTestFinished(() => other.close());
    other.execute('PRAGMA busy_timeout = 1');
    connection.transaction(() => {
      expect(() => other.transaction(() => undefined)).toThrow('locked');
    });
    expect(other.transaction(() => 'free')).toBe('free');
  });

  it('can be closed twice', () => {
    const { connection } = opened();
    connection.close();
    expect(() => connection.close()).not.toThrow();
  });
});

function opened(): { readonly connection: Connection; readonly file: string } {
  const file = join(made(), 'some.db');
  makePrivateFile(file);
  const connection = connect(file);
  onTestFinished(() => connection.close());
  return { connection, file };
}

function made(): string {
  const directory = dataDirectory();
  mkdirSync(directory);
  return directory;
}
