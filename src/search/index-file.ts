import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Raised whenever tables or the way text becomes terms change: an index of another version is thrown away. */
const INDEX_VERSION = 2;

const SCHEMA = `
  create table file (
    id integer primary key, path text not null unique, stamp text not null, hash text not null, kind text not null,
    prose_length integer not null, code_length integer not null);
  create table chunk (id integer primary key, line integer not null, end_line integer not null, title text not null);
  create table change (id integer primary key, size integer not null, length integer not null);
  create table touched (path text not null, change integer not null, primary key (path, change)) without rowid;
  create table meta (key text primary key, value text not null) without rowid;
  create virtual table words using fts5(history, symbols, prose, code, content='', contentless_delete=1, tokenize='ascii');
  create virtual table occurrence using fts5vocab(words, 'instance');
  pragma user_version = ${INDEX_VERSION};
`;

/** Rows of words are numbered so that the file can be read off: chunk `n` of file `f` is `f * CHUNKS_PER_FILE + n`. */
export const CHUNKS_PER_FILE = 4_096;
/** Rows from here on are commits. */
export const FIRST_CHANGE_ROW = 2 ** 45;

/**
 * Opens one project's index, making it where it is missing, of another version, or damaged: it is a cache and can always
 * be built anew. Files are made with rights for their owner only.
 */
export function openIndexFile(path: string): DatabaseSync {
  try {
    return open(path);
  } catch {
    removeIndexFile(path);
    return open(path);
  }
}

/** Removes an index with what belongs to it. */
export function removeIndexFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}

function open(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  createEmpty(path);
  const database = new DatabaseSync(path, { timeout: 30_000 });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -32000;');
    prepareSchema(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite would make it readable by others. Never opens a file that is there: closing it would drop SQLite's locks. */
function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

function prepareSchema(database: DatabaseSync): void {
  if (versionOf(database) === INDEX_VERSION) return;
  database.exec('begin immediate');
  try {
    const version = versionOf(database);
    if (version !== 0 && version !== INDEX_VERSION) throw new Error(`index version ${version}`);
    if (version === 0) database.exec(SCHEMA);
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('pragma user_version').get()?.user_version ?? 0);
}

/** Runs `work` as one transaction; nothing of it stays where it throws. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

/** A note about the index itself; null where there is none. */
export function readMeta(database: DatabaseSync, key: string): string | null {
  const value = database.prepare('select value from meta where key = ?').get(key)?.value;
  return typeof value === 'string' ? value : null;
}

export function writeMeta(database: DatabaseSync, key: string, value: string): void {
  database
    .prepare('insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value')
    .run(key, value);
}
