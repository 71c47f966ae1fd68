import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Corpus, Field, IndexedChange, IndexedFile, Occurrence, TermOccurrences } from './corpus.ts';
import { CHUNKS_PER_FILE, FIRST_CHANGE_ROW } from './index-file.ts';
import { type FileKind, promoteBuilds, stemNameOf } from './kinds.ts';
import { LARGEST_TELLING_CHANGE } from './tally.ts';
import type { Analyzer } from './terms.ts';

/** Reads an index as something that can be ranked. Files and commits are read once: it must be made anew after a refresh. */
export function readCorpus(database: DatabaseSync, root: string, analyzer: Analyzer): Corpus {
  const changes = readChanges(database);
  const files = promoteBuilds(readFiles(database, analyzer, changes));
  const find = database.prepare('select doc, col, count(*) from occurrence where term = ? group by doc, col');
  find.setReturnArrays(true);
  return {
    name: basename(root),
    files: new Map(files.map((file) => [file.id, file])),
    changes: describeChanges(files, changes),
    occurrences: (term) => sort(find.all(term) as unknown as readonly Row[]),
  };
}

/** Commits are counted back by their number: every so many, what they changed counts for a third. */
const RECENT_CHANGES = 300;

interface ChangeRow {
  readonly id: number;
  readonly size: number;
  readonly length: number;
}

interface Changes {
  readonly all: ReadonlyMap<number, ChangeRow>;
  readonly byPath: ReadonlyMap<string, readonly ChangeRow[]>;
  readonly newest: number;
}

type Row = readonly [row: number, field: Field, count: number];

function sort(rows: readonly Row[]): TermOccurrences {
  const inFiles: Occurrence[] = [];
  const inChanges: number[] = [];
  for (const [row, field, count] of rows) {
    if (row >= FIRST_CHANGE_ROW) inChanges.push(row - FIRST_CHANGE_ROW);
    else inFiles.push({ file: Math.floor(row / CHUNKS_PER_FILE), chunk: row % CHUNKS_PER_FILE, field, count });
  }
  return { inFiles, inChanges };
}

function readChanges(database: DatabaseSync): Changes {
  const rows = database.prepare('select id, size, length from change').all();
  const all = new Map(
    rows.map((row) => [Number(row.id), { id: Number(row.id), size: Number(row.size), length: Number(row.length) }]),
  );
  const byPath = new Map<string, ChangeRow[]>();
  for (const row of database.prepare('select path, change from touched order by path, change').iterate()) {
    const change = all.get(Number(row.change));
    const path = String(row.path);
    if (change !== undefined) (byPath.get(path) ?? byPath.set(path, []).get(path))?.push(change);
  }
  return { all, byPath, newest: Math.max(0, ...all.keys()) };
}

function readFiles(database: DatabaseSync, analyzer: Analyzer, changes: Changes): readonly IndexedFile[] {
  const rows = database.prepare('select id, path, kind, prose_length, code_length from file').all();
  return rows.map((row) => {
    const path = String(row.path);
    return {
      id: Number(row.id),
      path,
      kind: String(row.kind) as FileKind,
      name: analyzer.terms(stemNameOf(path)),
      directory: analyzer.terms(path.slice(0, Math.max(0, path.lastIndexOf('/')))),
      proseLength: Number(row.prose_length),
      codeLength: Number(row.code_length),
      ...pastOf(changes.byPath.get(path) ?? [], changes.newest),
    };
  });
}

/** What commits say of one file. */
export function pastOf(
  changes: readonly { readonly id: number; readonly size: number; readonly length: number }[],
  newest: number,
): { readonly historyLength: number; readonly recency: number } {
  let historyLength = 0;
  let recency = 0;
  for (const { id, size, length } of changes) {
    if (size <= LARGEST_TELLING_CHANGE) historyLength += length;
    recency += Math.exp((id - newest) / RECENT_CHANGES) / Math.sqrt(size);
  }
  return { historyLength, recency };
}

function describeChanges(files: readonly IndexedFile[], changes: Changes): ReadonlyMap<number, IndexedChange> {
  const changed = new Map<number, number[]>();
  for (const file of files) {
    for (const { id } of changes.byPath.get(file.path) ?? []) {
      const known = changed.get(id);
      if (known === undefined) changed.set(id, [file.id]);
      else known.push(file.id);
    }
  }
  return new Map(
    [...changes.all.values()].map((change) => [change.id, { ...change, files: changed.get(change.id) ?? [] }]),
  );
}
