import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Raised whenever tables or the way text becomes terms change: an index of another version is thrown away. */
const INDEX_VERSION = 1;

const SCHEMA = `
  create table file (
    id integer primary key, path text not null unique, stamp text not null, hash text not null, kind text not null,
    name_length integer not null, symbol_length integer not null, prose_length integer not null, code_length integer not null,
    history text not null default '', history_length integer not null default 0);
  create table chunk (
    id integer primary key, line integer not null, end_line integer not null, title text not null, length integer not null);
  create table meta (key text primary key, value text not null) without rowid;
  create virtual table words using fts5(name, history, symbols, prose, code, content='', contentless_delete=1, tokenize='ascii');
  create virtual table occurrence using fts5vocab(words, 'instance');
  pragma user_version = ${INDEX_VERSION};
`;

/** Numbers chunks so that the file can be read off: the first row of a file holds its name and history. */
export const CHUNKS_PER_FILE = 4_096;

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
