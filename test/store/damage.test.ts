import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Connection, connect } from '../../src/store/connection.ts';
import { connectOrDamage, examine, isSetAside, mend, setAside, suspect, trust } from '../../src/store/damage.ts';
import { migrations } from '../../src/store/migrations.ts';
import { filledDirectory, filledRows } from '../support/store/filled.ts';

describe('the examination of a database', () => {
  it('finds a whole one sound', () => {
    const { connection, file } = opened();
    expect(examine(connection, file, migrations)).toEqual({ state: 'sound' });
  });

  it('finds words missing from the text index, and mends them from the table', () => {
    const { connection, file } = opened((database) => {
      database.exec(`UPDATE history_text_data SET block = zeroblob(length(block)) WHERE id > 10`);
    });
    expect(examine(connection, file, migrations)).toMatchObject({ state: 'mendable', what: 'indexes' });
    expect(mend(connection, 'indexes')).toBe(true);
    expect(examine(connection, file, migrations)).toEqual({ state: 'sound' });
    expect(countOf(connection, `history_text WHERE history_text MATCH 'words'`)).toBe(filledRows);
  });

  it('finds an index that differs from its table, and mends it', () => {
    const { file } = opened((database) => {
      database.exec(`INSERT INTO instances VALUES ('the-one-instance', 1, '', 'repl', '', '[]')`);
    });
    const name = 'sqlite_autoindex_instances_1';
    rewritePageOf(file, name, (page) => page.write('another-instance', page.indexOf('the-one-instance')));
    const connection = connectForTest(file);
    expect(examine(connection, file, migrations)).toMatchObject({ state: 'mendable', what: 'indexes' });
    expect(mend(connection, 'indexes')).toBe(true);
    expect(examine(connection, file, migrations)).toEqual({ state: 'sound' });
    expect(countOf(connection, `instances WHERE id = 'the-one-instance'`)).toBe(1);
  });

  it('finds a table whose pages are overwritten damaged, and does not mend that', () => {
    const { file } = filledDirectory();
    rewritePageOf(file, 'records', (page) => page.fill(0xa5, 0, 200));
    const connection = connectForTest(file);
    expect(examine(connection, file, migrations)).toMatchObject({ state: 'damaged' });
    expect(mend(connection, 'indexes')).toBe(false);
  });

  it('finds a value that the program can never have written', () => {
    const { connection, file } = opened((database) => {
      database.exec(`PRAGMA ignore_check_constraints = ON; UPDATE records SET value = '{"half' WHERE key = 'key 3'`);
    });
    expect(examine(connection, file, migrations)).toEqual({
      state: 'damaged',
      why: expect.stringContaining('records'),
    });
  });

  it('finds a schema that the migrations have not made', () => {
    const { connection, file } = opened((database) => database.exec('DROP TABLE signals'));
    expect(examine(connection, file, migrations)).toEqual({ state: 'damaged', why: expect.stringContaining('schema') });
  });

  it('looks at every page of a large one only when it is suspected', () => {
    const { connection, file } = opened((database) => {
      database.exec(
        `INSERT INTO records (collection, key, value) VALUES ('large', 'large', json_quote(hex(zeroblob(5000000))))`,
      );
      database.exec(`PRAGMA ignore_check_constraints = ON; UPDATE records SET value = '{"half' WHERE key = 'key 3'`);
    });
    expect(examine(connection, file, migrations)).toEqual({ state: 'sound' });
    suspect(file);
    expect(examine(connection, file, migrations)).toMatchObject({ state: 'damaged' });
    trust(file);
    expect(examine(connection, file, migrations)).toEqual({ state: 'sound' });
  });
});

describe('opening for the examination', () => {
  it('says of an empty file, of one cut short and of one that is no database why it cannot be used', () => {
    const { file, bytes } = filledDirectory();
    writeFileSync(file, '');
    expect(connectOrDamage(file)).toEqual({ why: 'it is empty' });
    writeFileSync(file, bytes.subarray(0, 50));
    expect(connectOrDamage(file)).toEqual({ why: 'SQLite cannot read it' });
    writeFileSync(file, 'This is a text, and a rather long one, but no database. '.repeat(100));
    expect(connectOrDamage(file)).toEqual({ why: 'SQLite cannot read it' });
  });
});

describe('setting aside', () => {
  it('gives the database and its log another name, and keeps every byte', () => {
    const { file, bytes } = filledDirectory();
    writeFileSync(`${file}-wal`, 'log');
    suspect(file);
    const aside = setAside(file, new Date('2026-01-02T03:04:05.006Z'));
    expect(aside).toBe(`${file}.damaged-20260102T030405006Z`);
    expect(readFileSync(aside).equals(bytes)).toBe(true);
    expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('log');
    for (const suffix of ['', '-wal', '-shm', '-suspect']) expect(existsSync(file + suffix)).toBe(false);
    expect(isSetAside(file, 'tutti.db.damaged-20260102T030405006Z')).toBe(true);
    expect(isSetAside(file, 'tutti.db.damaged-20260102T030405006Z-wal')).toBe(false);
    expect(isSetAside(file, 'tutti.db')).toBe(false);
  });
});

function opened(harm?: (database: DatabaseSync) => void): { readonly connection: Connection; readonly file: string } {
  const { file } = filledDirectory();
  if (harm !== undefined) {
    const database = new DatabaseSync(file, { defensive: false });
    harm(database);
    database.close();
  }
  return { connection: connectForTest(file), file };
}

function connectForTest(file: string): Connection {
  const connection = connect(file);
  onTestFinished(() => connection.close());
  return connection;
}

function countOf(connection: Connection, from: string): unknown {
  return connection.get(`SELECT count(*) AS count FROM ${from}`)?.count;
}

/** Changes the last page of a table or an index behind the back of SQLite. */
function rewritePageOf(file: string, name: string, change: (page: Buffer) => void): void {
  const database = new DatabaseSync(file);
  const row = database.prepare('SELECT max(pageno) AS page FROM dbstat WHERE name = ?').get(name);
  database.close();
  const bytes = readFileSync(file);
  change(bytes.subarray((Number(row?.page) - 1) * 4096, Number(row?.page) * 4096));
  writeFileSync(file, bytes);
}
