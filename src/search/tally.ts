import type { Corpus, Field, IndexedFile } from './corpus.ts';
import type { Query } from './question.ts';

/** How often each term of a question occurs where. Pure. Arrays run parallel to the question's terms. */

export interface FileTally {
  readonly file: IndexedFile;
  readonly counts: Readonly<Record<Field, Float64Array>>;
  /** Per chunk; terms in definitions count double. */
  readonly chunks: ReadonlyMap<number, Float64Array>;
  /** Terms that stand in the file's own name, and in its directories. */
  readonly name: Uint8Array;
  readonly directory: Uint8Array;
  /** How often commits that changed the file said the term. */
  readonly history: Float64Array;
}

export interface Tally {
  readonly files: readonly FileTally[];
  /** Number of files that have each term, in their text or their path; of occurrences in text; of commits that say it. */
  readonly holding: Float64Array;
  readonly occurrences: Float64Array;
  readonly saying: Float64Array;
  /** Commits that say any of it: which terms. */
  readonly changes: ReadonlyMap<number, readonly number[]>;
}

interface Growing extends FileTally {
  readonly chunks: Map<number, Float64Array>;
}

/** A commit that touches more files than this says nothing about any one of them. */
export const LARGEST_TELLING_CHANGE = 12;

/** A term that more files have than this only counts where a rarer one is found as well. */
const MANY_FILES = 20_000;

/** Counts the question's terms over a project, rarest first. */
export function tallyOf(corpus: Corpus, query: Query): Tally {
  const size = query.terms.length;
  const found = query.terms.map(({ term }, index) => ({ index, ...corpus.occurrences(term) }));
  const paths = namesByTerm(corpus, query);
  const files = new Map<number, Growing>();
  const changes = new Map<number, number[]>();
  const holding = new Float64Array(size);
  const occurrences = new Float64Array(size);
  const saying = new Float64Array(size);
  const grow = (id: number, mayBegin: boolean): Growing | undefined => {
    const known = files.get(id);
    const file = corpus.files.get(id);
    if (known !== undefined || file === undefined || !mayBegin) return known;
    const fresh = emptyTally(file, size);
    files.set(id, fresh);
    return fresh;
  };
  for (const { index, inFiles, inChanges } of found.sort((a, b) => a.inFiles.length - b.inFiles.length)) {
    const mayBegin = inFiles.length <= MANY_FILES || files.size === 0;
    const holders = new Set<number>();
    for (const { file, chunk, field, count } of inFiles) {
      holders.add(file);
      add(occurrences, index, count);
      const tally = grow(file, mayBegin);
      if (tally === undefined) continue;
      add(tally.counts[field], index, count);
      const inChunk = tally.chunks.get(chunk) ?? new Float64Array(size);
      tally.chunks.set(chunk, inChunk);
      add(inChunk, index, field === 'symbols' ? 2 * count : count);
    }
    for (const { id, isName } of paths[index] ?? []) {
      holders.add(id);
      const tally = grow(id, mayBegin);
      if (tally !== undefined) (isName ? tally.name : tally.directory)[index] = 1;
    }
    holding[index] = holders.size;
    saying[index] = inChanges.length;
    for (const change of inChanges) {
      const said = changes.get(change);
      if (said === undefined) changes.set(change, [index]);
      else said.push(index);
    }
  }
  addHistory(corpus, changes, grow);
  return { files: [...files.values()], holding, occurrences, saying, changes };
}

function emptyTally(file: IndexedFile, size: number): Growing {
  return {
    file,
    counts: { symbols: new Float64Array(size), prose: new Float64Array(size), code: new Float64Array(size) },
    chunks: new Map(),
    name: new Uint8Array(size),
    directory: new Uint8Array(size),
    history: new Float64Array(size),
  };
}

function add(counts: Float64Array, index: number, count: number): void {
  counts[index] = (counts[index] ?? 0) + count;
}

/** For each term of the question: the files that have it in their path. */
function namesByTerm(corpus: Corpus, query: Query): readonly { readonly id: number; readonly isName: boolean }[][] {
  const positions = new Map(query.terms.map(({ term }, index) => [term, index]));
  const found: { readonly id: number; readonly isName: boolean }[][] = query.terms.map(() => []);
  for (const { id, name, directory } of corpus.files.values()) {
    for (const term of name) found[positions.get(term) ?? -1]?.push({ id, isName: true });
    for (const term of directory) found[positions.get(term) ?? -1]?.push({ id, isName: false });
  }
  return found;
}

function addHistory(
  corpus: Corpus,
  changes: ReadonlyMap<number, readonly number[]>,
  grow: (id: number, mayBegin: boolean) => Growing | undefined,
): void {
  for (const [id, terms] of changes) {
    const change = corpus.changes.get(id);
    if (change === undefined || change.size > LARGEST_TELLING_CHANGE) continue;
    for (const file of change.files) {
      const tally = grow(file, true);
      if (tally !== undefined) for (const term of terms) add(tally.history, term, 1);
    }
  }
}
