import type { DatabaseSync } from 'node:sqlite';
import { isAncestor, readChanges, readHead } from './git-log.ts';
import { FIRST_CHANGE_ROW, inTransaction, readMeta, writeMeta } from './index-file.ts';
import type { Analyzer } from './terms.ts';

/** Brings the indexed commits up to date with the repository's head. @returns whether anything changed */
export async function refreshHistory(database: DatabaseSync, root: string, analyzer: Analyzer): Promise<boolean> {
  const known = readMeta(database, 'head');
  const head = await readHead(root);
  if (head === null || head === known) return false;
  const since = known !== null && (await isAncestor(root, known, head)) ? known : null;
  const log = await readChanges(root, head, since);
  inTransaction(database, () => {
    if (readMeta(database, 'head') !== known) return;
    if (since === null) removeChanges(database);
    if (log !== null) {
      rename(database, log.renames);
      // Oldest first, so that a higher number is always newer.
      for (const change of log.changes.toReversed()) insertChange(database, analyzer, change.subject, change.paths);
    }
    writeMeta(database, 'head', head);
  });
  return true;
}

function removeChanges(database: DatabaseSync): void {
  database.exec(`delete from words where rowid >= ${FIRST_CHANGE_ROW}; delete from change; delete from touched;`);
}

function rename(database: DatabaseSync, renames: ReadonlyMap<string, string>): void {
  const update = database.prepare('update or ignore touched set path = ? where path = ?');
  for (const [from, to] of renames) update.run(to, from);
}

function insertChange(database: DatabaseSync, analyzer: Analyzer, subject: string, paths: readonly string[]): void {
  const terms = analyzer.terms(subject);
  const { lastInsertRowid } = database
    .prepare('insert into change(size, length) values (?, ?)')
    .run(paths.length, terms.length);
  const touch = database.prepare('insert or ignore into touched(path, change) values (?, ?)');
  for (const path of paths) touch.run(path, lastInsertRowid);
  database
    .prepare('insert into words(rowid, history) values (?, ?)')
    .run(FIRST_CHANGE_ROW + Number(lastInsertRowid), terms.join(' '));
}
