import type { Corpus, IndexedFile } from './corpus.ts';
import { stemNameOf } from './kinds.ts';
import type { Query } from './question.ts';
import { type FileTally, type Tally, tallyOf } from './tally.ts';

/** What speaks for a file as the place that a question is about. Each value lies between 0 and about 1. Pure. */
export interface Signs {
  /** Share of the question (by rarity of its terms) that the file has at all, and defines or is called. */
  readonly covered: number;
  readonly defined: number;
  /** Saturated frequencies, as in BM25, of directories, comments, code, and commits that changed the file. */
  readonly directory: number;
  readonly prose: number;
  readonly code: number;
  readonly history: number;
  /** The best single chunk. */
  readonly passage: number;
  /** Share of the file's own name that the question has; and the longest term that is a part of that name. */
  readonly named: number;
  readonly partlyNamed: number;
  /** Identifiers that the question writes out and the file defines. */
  readonly identifier: number;
  /** The area that the question's title names is the file's name, or its directory. */
  readonly areaName: number;
  readonly areaDirectory: number;
  /** Changed by commits that were about the same; changed lately. */
  readonly similarChanges: number;
  readonly recentChanges: number;
  readonly size: number;
  /** Its test speaks to the question; its neighbours in the directory do. */
  readonly tested: number;
  readonly neighbours: number;
}

export interface Measured {
  readonly file: IndexedFile;
  /** Share of the question's words that stand together in one place of the file, or in its name: 0 … 1. */
  readonly fit: number;
  readonly signs: Signs;
  /** Chunks of the file, best first. */
  readonly chunks: readonly { readonly chunk: number; readonly score: number }[];
}

export interface Measurement {
  readonly files: readonly Measured[];
  readonly tally: Tally;
}

/** Everything that is the same for all files of one question. */
interface Scales {
  readonly query: Query;
  /** What each term is worth; they sum up to 1. */
  readonly worth: Float64Array;
  /** The same for words alone, without pairs of them. */
  readonly wordWorth: Float64Array;
  readonly identifier: readonly boolean[];
  readonly partial: readonly string[];
  readonly averages: {
    readonly directory: number;
    readonly prose: number;
    readonly code: number;
    readonly history: number;
  };
}

const CHUNK_SATURATION = 1.2;
const MOST_SIMILAR_CHANGES = 25;

/** Measures every file that has anything of the question. */
export function measure(corpus: Corpus, query: Query): Measurement {
  const tally = tallyOf(corpus, query);
  const scales = scalesOf(corpus, query, tally);
  const similar = similarChanges(corpus, query, tally);
  const first = tally.files.map((file) => ({ tally: file, chunks: rankChunks(file, scales.worth) }));
  const tests = bestTests(first, scales);
  const neighbours = bestNeighbours(first);
  const files = first.map(({ tally: file, chunks }) => ({
    file: file.file,
    chunks,
    fit: fitOf(file, scales),
    signs: {
      ...textSigns(file, scales),
      ...nameSigns(file, scales),
      passage: chunks[0]?.score ?? 0,
      similarChanges: similar.get(file.file.id) ?? 0,
      recentChanges: Math.log1p(file.file.recency),
      size: Math.log1p(file.file.codeLength) / 8,
      tested: isCode(file.file) ? (tests.get(testedName(file.file.path)) ?? 0) : 0,
      neighbours: neighbours.get(directoryOf(file.file.path)) ?? 0,
    },
  }));
  return { files, tally };
}

function scalesOf(corpus: Corpus, query: Query, tally: Tally): Scales {
  const files = corpus.files.size;
  const rarity = query.terms.map(({ weight }, index) => weight * inverseFrequency(files, tally.holding[index] ?? 0));
  // How well a question fits must not hang on rarity: in a project of three files every word may stand in all of them.
  const words = query.terms.map(({ weight, isPair }) => (isPair ? 0 : weight));
  const sums = { directory: 0, prose: 0, code: 0, history: 0 };
  for (const file of corpus.files.values()) {
    sums.directory += file.directory.length;
    sums.prose += file.proseLength;
    sums.code += file.codeLength;
    sums.history += file.historyLength;
  }
  const average = (sum: number) => sum / Math.max(1, files) || 1;
  return {
    query,
    worth: sharesOf(rarity),
    wordWorth: sharesOf(words),
    identifier: query.terms.map(({ term }) => query.identifiers.has(term)),
    partial: query.terms.filter(({ term, weight }) => term.length >= 4 && weight >= 0.4).map(({ term }) => term),
    averages: {
      directory: average(sums.directory),
      prose: average(sums.prose),
      code: average(sums.code),
      history: average(sums.history),
    },
  };
}

function sharesOf(values: readonly number[]): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  return Float64Array.from(values, (value) => value / total);
}

/** How rare a term is that `holding` of `files` have: 0 for one that all have. */
export function inverseFrequency(files: number, holding: number): number {
  return Math.log(1 + (files - Math.min(holding, files) + 0.5) / (holding + 0.5));
}

function rankChunks(file: FileTally, worth: Float64Array): Measured['chunks'] {
  const scored = [...file.chunks].map(([chunk, counts]) => ({
    chunk,
    score: saturated(counts, worth, CHUNK_SATURATION),
  }));
  return scored.sort((a, b) => b.score - a.score || a.chunk - b.chunk);
}

function saturated(
  counts: Float64Array | Uint8Array,
  worth: Float64Array,
  saturation: number,
  length = 1,
  normalisation = 0,
): number {
  let sum = 0;
  const scale = 1 - normalisation + normalisation * length;
  for (let index = 0; index < counts.length; index++) {
    const count = (counts[index] ?? 0) / scale;
    if (count > 0) sum += ((worth[index] ?? 0) * count) / (count + saturation);
  }
  return sum;
}

function textSigns(file: FileTally, { worth, identifier, averages }: Scales) {
  const { symbols, prose, code } = file.counts;
  let covered = 0;
  let defined = 0;
  let named = 0;
  for (let index = 0; index < worth.length; index++) {
    const value = worth[index] ?? 0;
    const isDefined = (symbols[index] ?? 0) > 0;
    const isName = (file.name[index] ?? 0) > 0;
    if (isDefined || isName) defined += value;
    if (isDefined && identifier[index] === true) named += value;
    if (isDefined || isName || (file.directory[index] ?? 0) > 0 || (prose[index] ?? 0) + (code[index] ?? 0) > 0)
      covered += value;
  }
  return {
    covered,
    defined,
    identifier: named,
    prose: saturated(prose, worth, 1.5, file.file.proseLength / averages.prose, 0.5),
    code: saturated(code, worth, 1.8, file.file.codeLength / averages.code, 0.5),
    history: saturated(file.history, worth, 1.5, file.file.historyLength / averages.history, 0.5),
  };
}

function fitOf({ name, chunks }: FileTally, { wordWorth }: Scales): number {
  let best = shareOf(name, name, wordWorth);
  for (const chunk of chunks.values()) best = Math.max(best, shareOf(chunk, name, wordWorth));
  return best;
}

/** What the terms are worth that either has. */
function shareOf(chunk: Float64Array | Uint8Array, name: Uint8Array, worth: Float64Array): number {
  let share = 0;
  for (let index = 0; index < worth.length; index++) {
    if ((chunk[index] ?? 0) > 0 || (name[index] ?? 0) > 0) share += worth[index] ?? 0;
  }
  return share;
}

function nameSigns(file: FileTally, { query, worth, partial, averages }: Scales) {
  const { name, directory } = file.file;
  const own = new Set(name);
  const above = new Set(directory);
  const asked = new Set(query.terms.map(({ term }) => term));
  const joined = name.join('');
  const inside = partial.filter((term) => joined.includes(term) && !own.has(term)).map((term) => term.length);
  const area = Math.max(1, query.area.length);
  return {
    directory: saturated(file.directory, worth, 0.8, directory.length / averages.directory, 0.5),
    named: own.size === 0 ? 0 : [...own].filter((term) => asked.has(term)).length / own.size,
    partlyNamed: inside.length === 0 ? 0 : Math.max(...inside) / Math.max(8, joined.length),
    areaName: query.area.filter((term) => own.has(term)).length / area,
    areaDirectory: query.area.filter((term) => !own.has(term) && above.has(term)).length / area,
  };
}

/** Files that were changed by the commits that say most of the question. */
function similarChanges(corpus: Corpus, query: Query, tally: Tally): ReadonlyMap<number, number> {
  const total = corpus.changes.size;
  const rarity = query.terms.map(({ weight }, index) => weight * inverseFrequency(total, tally.saying[index] ?? 0));
  const sum = rarity.reduce((all, value) => all + value, 0) || 1;
  const scored = [...tally.changes].flatMap(([id, terms]) => {
    const change = corpus.changes.get(id);
    if (change === undefined) return [];
    const said = terms.reduce((all, term) => all + (rarity[term] ?? 0), 0) / sum;
    return [{ change, score: said / (0.5 + change.length / 16) }];
  });
  const similar = new Map<number, number>();
  for (const { change, score } of scored.sort((a, b) => b.score - a.score).slice(0, MOST_SIMILAR_CHANGES)) {
    for (const file of change.files) {
      similar.set(file, (similar.get(file) ?? 0) + score ** 2 / Math.sqrt(change.files.length));
    }
  }
  return similar;
}

interface First {
  readonly tally: FileTally;
  readonly chunks: Measured['chunks'];
}

/** What tests have to say, by the name of what they test. */
function bestTests(files: readonly First[], { worth, averages }: Scales): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const { tally, chunks } of files) {
    if (tally.file.kind !== 'test') continue;
    const { prose, code } = tally.counts;
    const score =
      (chunks[0]?.score ?? 0) +
      saturated(code, worth, 1.5, tally.file.codeLength / averages.code, 0.5) +
      saturated(prose, worth, 1.5, tally.file.proseLength / averages.prose, 0.5);
    const name = testedName(tally.file.path);
    best.set(name, Math.max(best.get(name) ?? 0, score));
  }
  return best;
}

/** The mean of the three best source files of each directory. */
function bestNeighbours(files: readonly First[]): ReadonlyMap<string, number> {
  const sources = files.filter(({ tally }) => tally.file.kind === 'source');
  const byDirectory = Map.groupBy(sources, ({ tally }) => directoryOf(tally.file.path));
  return new Map(
    [...byDirectory].map(([directory, members]) => {
      const scores = members.map(({ chunks }) => chunks[0]?.score ?? 0).sort((a, b) => b - a);
      return [directory, scores.slice(0, 3).reduce((sum, score) => sum + score, 0) / 3];
    }),
  );
}

function isCode(file: IndexedFile): boolean {
  return file.kind === 'source' || file.kind === 'types';
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `tests/test_client.py` and `src/client.py` have one name. */
function testedName(path: string): string {
  return stemNameOf(path)
    .toLowerCase()
    .replace(/^test[_-]?|[_-]?(test|spec)s?$/g, '');
}
