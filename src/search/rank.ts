import type { FileKind } from './kinds.ts';
import type { Query } from './question.ts';

/** Ranking of files and of the chunks in them, from counts alone. Pure: the index, or a test, brings the counts. */

export const FIELDS = ['name', 'history', 'symbols', 'prose', 'code'] as const;
export type Field = (typeof FIELDS)[number];
export type FieldLengths = Readonly<Record<Field, number>>;

export interface RankedFile {
  readonly id: number;
  readonly path: string;
  readonly kind: FileKind;
  readonly lengths: FieldLengths;
}

/** A term in one chunk of one file. Chunk 0 is the file's name and history. */
export interface Occurrence {
  readonly file: number;
  readonly chunk: number;
  readonly field: Field;
  readonly count: number;
}

export interface Corpus {
  readonly files: ReadonlyMap<number, RankedFile>;
  readonly averages: FieldLengths;
  /** Where a term occurs. */
  occurrences(term: string): Iterable<Occurrence>;
}

export interface FileScore {
  readonly file: RankedFile;
  readonly score: number;
  /** Chunks of the file, best first. */
  readonly chunks: readonly { readonly chunk: number; readonly score: number }[];
  /** Which part of the question the file speaks to: 0 … 1, weighted by how rare each term is. */
  readonly coverage: number;
}

interface FieldWeight {
  readonly weight: number;
  /** How far long fields are held against a file: 0 not at all, 1 fully. */
  readonly normalisation: number;
}

const FIELD_WEIGHTS: Readonly<Record<Field, FieldWeight>> = {
  name: { weight: 4, normalisation: 0.5 },
  history: { weight: 1, normalisation: 0.6 },
  symbols: { weight: 3, normalisation: 0.6 },
  prose: { weight: 1, normalisation: 0.6 },
  code: { weight: 1, normalisation: 0.6 },
};

const SATURATION = 1.4;
const CHUNK_SATURATION = 1.2;
const CHUNK_SHARE = 0.5;

const PRIORS: Readonly<Record<FileKind, number>> = {
  source: 1,
  types: 0.6,
  test: 0.35,
  example: 0.4,
  docs: 0.45,
  changelog: 0.2,
  config: 0.4,
  data: 0.2,
  generated: 0.3,
};
const DOCS_PRIOR_WHEN_ASKED = 1;

/** Files that speak to the query, best first. */
export function rank(corpus: Corpus, query: Query): readonly FileScore[] {
  const byFile = new Map<number, Tally>();
  let asked = 0;
  for (const { term, weight } of query.terms) {
    const seen = collect(corpus, term);
    const rarity = inverseFrequency(corpus.files.size, seen.size) * weight;
    asked += rarity;
    for (const [id, found] of seen) {
      const file = corpus.files.get(id);
      if (file === undefined) continue;
      const tally = byFile.get(id) ?? { score: 0, covered: 0, chunks: new Map() };
      byFile.set(id, tally);
      const frequency = weightedFrequency(found.counts, file.lengths, corpus.averages);
      tally.score += (rarity * frequency) / (SATURATION + frequency);
      tally.covered += rarity;
      for (const [chunk, count] of found.chunks) {
        const share = (rarity * count) / (CHUNK_SATURATION + count);
        tally.chunks.set(chunk, (tally.chunks.get(chunk) ?? 0) + share);
      }
    }
  }
  const scores = [...byFile].flatMap(([id, tally]) => {
    const file = corpus.files.get(id);
    return file === undefined ? [] : [scoreOf(file, tally, asked, query)];
  });
  return scores.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
}

interface Tally {
  score: number;
  covered: number;
  readonly chunks: Map<number, number>;
}

interface Found {
  readonly counts: Record<Field, number>;
  readonly chunks: Map<number, number>;
}

function collect(corpus: Corpus, term: string): ReadonlyMap<number, Found> {
  const seen = new Map<number, Found>();
  for (const { file, chunk, field, count } of corpus.occurrences(term)) {
    const found = seen.get(file) ?? {
      counts: { name: 0, history: 0, symbols: 0, prose: 0, code: 0 },
      chunks: new Map(),
    };
    seen.set(file, found);
    found.counts[field] += count;
    if (chunk > 0) found.chunks.set(chunk, (found.chunks.get(chunk) ?? 0) + count * FIELD_WEIGHTS[field].weight);
  }
  return seen;
}

/** How rare a term is: about 1 for one that a single file has, towards 0 for one that all have. Comparable over projects. */
export function inverseFrequency(files: number, holding: number): number {
  return Math.log(1 + (files - Math.min(holding, files) + 0.5) / (holding + 0.5)) / Math.log(2 + files);
}

function weightedFrequency(counts: Record<Field, number>, lengths: FieldLengths, averages: FieldLengths): number {
  let sum = 0;
  for (const field of FIELDS) {
    if (counts[field] === 0) continue;
    const { weight, normalisation } = FIELD_WEIGHTS[field];
    const relative = averages[field] > 0 ? lengths[field] / averages[field] : 1;
    sum += (weight * counts[field]) / (1 - normalisation + normalisation * relative);
  }
  return sum;
}

function scoreOf(file: RankedFile, tally: Tally, asked: number, query: Query): FileScore {
  const chunks = [...tally.chunks].map(([chunk, score]) => ({ chunk, score })).sort((a, b) => b.score - a.score);
  const prior = file.kind === 'docs' && query.wantsDocs ? DOCS_PRIOR_WHEN_ASKED : PRIORS[file.kind];
  const best = chunks[0]?.score ?? 0;
  return {
    file,
    score: prior * (tally.score + CHUNK_SHARE * best),
    chunks,
    coverage: asked === 0 ? 0 : tally.covered / asked,
  };
}
