import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { type Connection, connect } from './connection.ts';
import { isDamage } from './failures.ts';
import { integer, text } from './rows.ts';

/** A database up to this size is checked page by page at every start: that takes less than people notice. */
const alwaysChecked = 8 * 1024 * 1024;

/**
 * What the check of SQLite says when an index differs from its table, the text index included. The last one says nothing of where
 * the damage is: whether it was in an index shows when they have been made anew.
 */
const indexProblem =
  /^(row \d+ missing from index|wrong # of entries in index|non-unique entry in index|rowid not at end-of-record|(malformed|unable to validate the) inverted index|fts5: corruption|database disk image is malformed$)/;

/** And when pages that hold nothing are not listed as free. */
const spaceProblem = /^(Page \d+: never used|Freelist: )/;

export type Health =
  | { readonly state: 'sound' }
  /** The tables are whole; what is derived from them is not. */
  | { readonly state: 'mendable'; readonly what: 'indexes' | 'space'; readonly why: string }
  | { readonly state: 'damaged'; readonly why: string };

/** The files that belong to one database. */
const companions = ['', '-wal', '-shm'];

/**
 * Looks for damage without changing anything: always whether it can be read at all, is as long as it says, and has the schema that the
 * migrations make; page by page when it is small, or was marked as suspect by a process that stumbled over damage.
 */
export function examine(connection: Connection, file: string, migrations: readonly string[]): Health {
  try {
    const pages = integer(connection.get('PRAGMA page_count')?.page_count);
    const pageSize = integer(connection.get('PRAGMA page_size')?.page_size);
    const bytes = statSync(file).size;
    if (differsFrom(connection, migrations)) return { state: 'damaged', why: 'its schema is not what it should be' };
    if (!existsSync(suspicion(file)) && Math.max(bytes, pages * pageSize) > alwaysChecked) return { state: 'sound' };
    return checkPages(connection);
  } catch (error) {
    if (isDamage(error)) return { state: 'damaged', why: 'SQLite cannot read it' };
    throw error;
  }
}

/** Makes indexes or free space anew, whichever it is; says whether the database is sound afterwards. Tables are not touched. */
export function mend(connection: Connection, what: 'indexes' | 'space'): boolean {
  try {
    if (what === 'space') connection.execute('VACUUM');
    else {
      connection.transaction(() =>
        connection.execute(`REINDEX; INSERT INTO history_text (history_text) VALUES ('rebuild')`),
      );
    }
    return checkPages(connection).state === 'sound';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Gives a damaged database, with its log, another name; returns it. Only where no other process has it open. */
export function setAside(file: string, now: Date): string {
  const aside = `${file}${asideMark}${now.toISOString().replaceAll(/[-:.]/g, '')}`;
  for (const suffix of companions) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  trust(file);
  return aside;
}

/** Whether a file name is that of a database set aside from this path. */
export function isSetAside(file: string, name: string): boolean {
  return name.startsWith(`${basename(file)}${asideMark}`) && !name.endsWith('-wal') && !name.endsWith('-shm');
}

const asideMark = '.damaged-';

/** Remembers that a process met damage, so that the next start looks at every page. */
export function suspect(file: string): void {
  try {
    writeFileSync(suspicion(file), '', { mode: 0o600 });
  } catch {
    // The damage itself is reported; this only makes the next look a closer one.
  }
}

/** Forgets the suspicion: the database was found sound, repaired or set aside. */
export function trust(file: string): void {
  rmSync(suspicion(file), { force: true });
}

/** Opens the file for the examination; the reason where SQLite refuses it. */
export function connectOrDamage(file: string): Connection | { readonly why: string } {
  if (statSync(file).size === 0) return { why: 'it is empty' };
  try {
    return connect(file);
  } catch (error) {
    if (isDamage(error)) return { why: 'SQLite cannot read it' };
    throw error;
  }
}

/** Whether the schema is another than the migrations have made. One of more migrations than we know is not ours to judge. */
function differsFrom(connection: Connection, migrations: readonly string[]): boolean {
  const schema = integer(connection.get('PRAGMA user_version')?.user_version);
  if (schema > migrations.length) return false;
  const fresh = new DatabaseSync(':memory:');
  try {
    for (const migration of migrations.slice(0, schema)) fresh.exec(migration);
    return !isDeepStrictEqual(fresh.prepare(schemaQuery).all(), connection.all(schemaQuery));
  } finally {
    fresh.close();
  }
}

const schemaQuery = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name, type';

function checkPages(connection: Connection): Health {
  const problems = connection
    .all('PRAGMA integrity_check(50)')
    .flatMap((row) => text(row.integrity_check).split('\n'))
    .filter((line) => line !== 'ok' && !line.startsWith('***'));
  const [first] = problems;
  if (first === undefined) return { state: 'sound' };
  if (problems.every((line) => spaceProblem.test(line))) return { state: 'mendable', what: 'space', why: first };
  const indexes = indexTrees(connection);
  const grave = problems.find((line) => !indexProblem.test(line) && !indexes.has(treeOf(line)));
  return grave === undefined ? { state: 'mendable', what: 'indexes', why: first } : { state: 'damaged', why: grave };
}

/** The first pages of all indexes, the text index too: the check names a tree by its first page. */
function indexTrees(connection: Connection): ReadonlySet<number | null> {
  const rows = connection.all(
    `SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND (type = 'index' OR name GLOB 'history_text_*')`,
  );
  return new Set(rows.map((row) => integer(row.rootpage)));
}

function treeOf(problem: string): number | null {
  const digits = /^Tree (\d+) /.exec(problem)?.[1];
  return digits === undefined ? null : Number(digits);
}

function suspicion(file: string): string {
  return `${file}-suspect`;
}
