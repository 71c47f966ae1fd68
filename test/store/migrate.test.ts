import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { startChild } from '../support/store/child.ts';
import { dataDirectory } from '../support/store/directory.ts';
import { storeForTest } from '../support/store/store.ts';

const newer = [...migrations, 'ALTER TABLE instances ADD COLUMN colour TEXT', 'CREATE TABLE later (n INTEGER) STRICT'];

describe('bringing a database up to date', () => {
  it('does the steps that are missing, keeps what is there, and copies it first for its owner alone', () => {
    const directory = older();
    const store = storeForTest({ directory, migrations: newer });
    expect(store.get('SELECT id, colour FROM instances')).toEqual({ id: 'kept', colour: null });
    expect(store.get('PRAGMA user_version')).toEqual({ user_version: newer.length });
    const [copy] = copiesIn(directory);
    expect(store.notices).toEqual([expect.stringContaining(copy ?? 'a copy')]);
    expect(statSync(copy ?? '').mode & 0o777).toBe(0o600);
    const kept = new DatabaseSync(copy ?? '', { readOnly: true });
    expect(kept.prepare('SELECT id FROM instances').all()).toEqual([{ id: 'kept' }]);
    expect(kept.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
    kept.close();
  });

  it('happens once', () => {
    const directory = older();
    openStore({ directory, migrations: newer }).close();
    const store = storeForTest({ directory, migrations: newer });
    expect(store.notices).toEqual([]);
    expect(copiesIn(directory)).toHaveLength(1);
  });

  it('changes nothing when a step fails', () => {
    const directory = older();
    const failing = [...migrations, 'CREATE TABLE fine (n INTEGER)', 'CREATE TABLE instances (n INTEGER)'];
    expect(() => openStore({ directory, migrations: failing })).toThrow(
      expect.objectContaining({ code: 'store-migration', message: expect.stringContaining('Nothing was changed') }),
    );
    const store = storeForTest({ directory });
    expect(store.get('SELECT id FROM instances')).toEqual({ id: 'kept' });
    expect(store.get(`SELECT name FROM sqlite_schema WHERE name = 'fine'`)).toBeUndefined();
  });

  it('refuses a database of a newer Tutti, and leaves it alone', () => {
    const directory = dataDirectory();
    openStore({ directory, migrations: newer }).close();
    expect(() => openStore({ directory })).toThrow(expect.objectContaining({ code: 'store-newer', exit: 2 }));
    expect(storeForTest({ directory, migrations: newer }).get('SELECT count(*) AS n FROM later')).toEqual({ n: 0 });
  });

  it('waits for nobody who still works with the old one, and names them', async () => {
    const directory = dataDirectory();
    const child = startChild('store/open-and-wait.ts', directory);
    await child.next();
    expect(() => openStore({ directory, migrations: newer })).toThrow(
      expect.objectContaining({ code: 'store-in-use', message: expect.stringContaining(`process ${child.pid}`) }),
    );
    child.say('go');
    expect(await child.ended()).toBe(0);
    expect(storeForTest({ directory, migrations: newer }).notices).toHaveLength(1);
  });
});

function older(): string {
  const directory = dataDirectory();
  const store = openStore({ directory });
  store.run(`INSERT INTO instances (id, pid, since, role, config, holds) VALUES ('kept', 1, '', 'repl', '', '[]')`);
  store.close();
  return directory;
}

function copiesIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith(`tutti.db.schema-${migrations.length}-`) && !/-(wal|shm)$/.test(name))
    .map((name) => join(directory, name));
}
