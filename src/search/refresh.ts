import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { chunksOf } from './chunks.ts';
import { readableText } from './exclusions.ts';
import { CHUNKS_PER_FILE, inTransaction } from './index-file.ts';
import { kindOf } from './kinds.ts';
import type { Analyzer } from './terms.ts';
import { type WalkedFile, walk } from './walk.ts';

interface KnownFile {
  readonly id: number;
  readonly stamp: string;
  readonly hash: string;
}

export interface RefreshOptions {
  /** Real path of the directory. */
  readonly root: string;
  /** Real path of a directory that is not entered: our own data, which nothing but SQLite may open. */
  readonly except: string | null;
  readonly analyzer: Analyzer;
  pause(): Promise<void>;
}

const FILES_PER_TRANSACTION = 200;

/**
 * Brings an index up to date with its directory: only files whose stamp changed are read, only those whose content
 * changed are indexed again. `pause` is awaited between batches, so that others get their turn.
 *
 * @returns how many files changed
 */
export async function refresh(
  database: DatabaseSync,
  { root, except, analyzer, pause }: RefreshOptions,
): Promise<number> {
  const known = knownFiles(database);
  const changed: WalkedFile[] = [];
  const gone = new Set(known.keys());
  for (const file of walk(root, except)) {
    gone.delete(file.path);
    if (known.get(file.path)?.stamp !== file.stamp) changed.push(file);
  }
  if (gone.size > 0) inTransaction(database, () => removeFiles(database, [...gone]));
  for (let at = 0; at < changed.length; at += FILES_PER_TRANSACTION) {
    await pause();
    const batch = changed.slice(at, at + FILES_PER_TRANSACTION);
    inTransaction(database, () => indexFiles(database, root, analyzer, batch));
  }
  return changed.length + gone.size;
}

function knownFiles(database: DatabaseSync): ReadonlyMap<string, KnownFile> {
  const rows = database.prepare('select id, path, stamp, hash from file').all();
  return new Map(
    rows.map((row) => [String(row.path), { id: Number(row.id), stamp: String(row.stamp), hash: String(row.hash) }]),
  );
}

function removeFiles(database: DatabaseSync, paths: readonly string[]): void {
  const find = database.prepare('select id from file where path = ?');
  for (const path of paths) {
    const id = find.get(path)?.id;
    if (id !== undefined) removeFile(database, Number(id));
  }
}

function removeFile(database: DatabaseSync, id: number): void {
  const first = id * CHUNKS_PER_FILE;
  const last = first + CHUNKS_PER_FILE - 1;
  database.prepare('delete from words where rowid between ? and ?').run(first, last);
  database.prepare('delete from chunk where id between ? and ?').run(first, last);
  database.prepare('delete from file where id = ?').run(id);
}

/** Reads each file's row anew: another process may have indexed it since the walk. */
function indexFiles(database: DatabaseSync, root: string, analyzer: Analyzer, files: readonly WalkedFile[]): void {
  const find = database.prepare('select id, stamp, hash from file where path = ?');
  const touch = database.prepare('update file set stamp = ? where id = ?');
  const insert = createInserter(database, analyzer);
  for (const file of files) {
    const row = find.get(file.path);
    if (row?.stamp === file.stamp) continue;
    const content = contentOf(join(root, file.path));
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
    if (row?.hash === hash) {
      touch.run(file.stamp, Number(row.id));
      continue;
    }
    if (row !== undefined) removeFile(database, Number(row.id));
    insert({ ...file, hash, text: readableText(content) ?? '' });
  }
}

/** A file that cannot be read counts as empty: it is known, and says nothing. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

type ReadFile = WalkedFile & { readonly hash: string; readonly text: string };

function createInserter(database: DatabaseSync, analyzer: Analyzer): (file: ReadFile) => void {
  const files = database.prepare(
    'insert into file(path, stamp, hash, kind, prose_length, code_length) values (?, ?, ?, ?, 0, 0)',
  );
  const lengths = database.prepare('update file set prose_length = ?, code_length = ? where id = ?');
  const words = database.prepare('insert into words(rowid, symbols, prose, code) values (?, ?, ?, ?)');
  const chunks = database.prepare('insert into chunk(id, line, end_line, title) values (?, ?, ?, ?)');
  return ({ path, stamp, hash, text }) => {
    const id = Number(files.run(path, stamp, hash, kindOf(path)).lastInsertRowid);
    let proseLength = 0;
    let codeLength = 0;
    for (const [index, chunk] of (text.trim() === '' ? [] : chunksOf(path, text)).entries()) {
      const row = id * CHUNKS_PER_FILE + index;
      const prose = analyzer.terms(chunk.prose);
      const code = analyzer.terms(chunk.code);
      words.run(row, analyzer.terms(chunk.symbols).join(' '), prose.join(' '), code.join(' '));
      chunks.run(row, chunk.line, chunk.endLine, chunk.title);
      proseLength += prose.length;
      codeLength += code.length;
    }
    lengths.run(proseLength, codeLength, id);
  };
}
