import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type Connection, connect } from './connection.ts';
import { isDamage } from './failures.ts';
import { integer, text } from './rows.ts';

/** A database up to this size is checked page by page at every start: that takes less than people notice. */
const alwaysChecked = 8 * 1024 * 1024;

/** What the check of SQLite says about indexes: they are made anew from the tables, which are whole. */
const indexProblem =
  /^(row \d+ missing from index|wrong # of entries in index|non-unique entry in index|malformed inverted index for FTS5 table)/;

export type Health =
  | { readonly state: 'sound' }
  | { readonly state: 'indexes'; readonly problems: readonly string[] }
  | { readonly state: 'damaged'; readonly why: string };

/** The files that belong to one database. */
const companions = ['', '-wal', '-shm'];

/**
 * Looks for damage without changing anything: always whether it can be read at all, is as long as it says and holds its tables;
 * page by page when it is small, or was marked as suspect by a process that stumbled over damage.
 */
export function examine(connection: Connection, file: string): Health {
  try {
    const pages = integer(connection.get('PRAGMA page_count')?.page_count);
    const pageSize = integer(connection.get('PRAGMA page_size')?.page_size);
    const bytes = statSync(file).size;
    connection.all('SELECT name FROM sqlite_schema');
    if (!existsSync(suspicion(file)) && Math.max(bytes, pages * pageSize) > alwaysChecked) return { state: 'sound' };
    return judged(connection.all('PRAGMA integrity_check(20)').map((row) => text(row.integrity_check)));
  } catch (error) {
    if (isDamage(error)) return { state: 'damaged', why: 'SQLite cannot read it' };
    throw error;
  }
}

/** Makes all indexes anew from their tables; says whether the database is sound afterwards. */
export function rebuildIndexes(connection: Connection): boolean {
  try {
    connection.transaction(() => {
      connection.execute(`REINDEX; INSERT INTO history_text (history_text) VALUES ('rebuild')`);
    });
    return (
      judged(connection.all('PRAGMA integrity_check(1)').map((row) => text(row.integrity_check))).state === 'sound'
    );
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Gives a damaged database, with its log, another name; returns it. Only where no other process has it open. */
export function setAside(file: string, now: Date): string {
  const aside = `${file}.damaged-${now.toISOString().replaceAll(/[-:.]/g, '')}`;
  for (const suffix of companions) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  trust(file);
  return aside;
}

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

function judged(findings: readonly string[]): Health {
  const problems = findings.filter((finding) => finding !== 'ok');
  if (problems.length === 0) return { state: 'sound' };
  if (problems.every((problem) => indexProblem.test(problem))) return { state: 'indexes', problems };
  return { state: 'damaged', why: problems[0] ?? '' };
}

function suspicion(file: string): string {
  return `${file}-suspect`;
}
