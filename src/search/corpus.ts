import type { DatabaseSync } from 'node:sqlite';
import { CHUNKS_PER_FILE } from './index-file.ts';
import { builtFrom, type FileKind } from './kinds.ts';
import { type Corpus, FIELDS, type Field, type FieldLengths, type Occurrence, type RankedFile } from './rank.ts';

/** Reads an index as something that can be ranked. The list of files is read once; it must be made anew after a refresh. */
export function openCorpus(database: DatabaseSync): Corpus {
  const files = promoteBuilds(readFiles(database));
  const find = database.prepare('select doc, col, count(*) from occurrence where term = ? group by doc, col');
  find.setReturnArrays(true);
  return {
    files: new Map(files.map((file) => [file.id, file])),
    averages: averageLengths(files),
    occurrences: (term) => readOccurrences(find.all(term) as unknown as readonly (readonly [number, Field, number])[]),
  };
}

function* readOccurrences(rows: readonly (readonly [number, Field, number])[]): Generator<Occurrence> {
  for (const [row, field, count] of rows) {
    yield { file: Math.floor(row / CHUNKS_PER_FILE), chunk: row % CHUNKS_PER_FILE, field, count };
  }
}

function readFiles(database: DatabaseSync): readonly RankedFile[] {
  const rows = database
    .prepare('select id, path, kind, name_length, history_length, symbol_length, prose_length, code_length from file')
    .all();
  return rows.map((row) => ({
    id: Number(row.id),
    path: String(row.path),
    kind: String(row.kind) as FileKind,
    lengths: {
      name: Number(row.name_length),
      history: Number(row.history_length),
      symbols: Number(row.symbol_length),
      prose: Number(row.prose_length),
      code: Number(row.code_length),
    },
  }));
}

/** Where a package has nothing but what was built, that is its source. */
function promoteBuilds(files: readonly RankedFile[]): readonly RankedFile[] {
  const sources = new Set<string>();
  for (const { path, kind } of files) {
    if (kind !== 'source') continue;
    for (let at = path.lastIndexOf('/'); at !== -1; at = path.lastIndexOf('/', at - 1))
      sources.add(path.slice(0, at + 1));
    sources.add('');
  }
  return files.map((file) => {
    if (file.kind !== 'generated') return file;
    const owner = builtFrom(file.path);
    if (owner === null || sources.has(owner)) return file;
    return { ...file, kind: /\.d\.[mc]?ts$/.test(file.path) ? 'types' : 'source' };
  });
}

function averageLengths(files: readonly RankedFile[]): FieldLengths {
  const average = (field: Field) =>
    files.reduce((sum, file) => sum + file.lengths[field], 0) / Math.max(1, files.length);
  const [name, history, symbols, prose, code] = FIELDS.map(average);
  return { name: name ?? 0, history: history ?? 0, symbols: symbols ?? 0, prose: prose ?? 0, code: code ?? 0 };
}
