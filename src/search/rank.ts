import type { Corpus, IndexedFile } from './corpus.ts';
import { isLegal } from './kinds.ts';
import { type Measured, type Measurement, measure, type Signs } from './measure.ts';
import type { Query } from './question.ts';
import { FILE_WEIGHTS, FILE_WEIGHTS_WITHOUT_HISTORY, type FileWeights } from './weights.ts';

/** A file and how much speaks for it. Scores compare files of one project for one question, and nothing else. */
export interface FileScore {
  readonly file: IndexedFile;
  readonly score: number;
  readonly fit: Measured['fit'];
  readonly chunks: Measured['chunks'];
}

export interface Ranking {
  /** Best first. */
  readonly files: readonly FileScore[];
  readonly tally: Measurement['tally'];
}

const SIGNS = Object.keys(FILE_WEIGHTS.signs) as (keyof Signs)[];
/** A question for reasons and meanings is answered by documents as well as by code. */
const DOCS_WEIGHT_WHEN_ASKED = -0.5;

/** Files that speak to the query, best first; no changelogs and licences where they are not asked for. Pure. */
export function rank(corpus: Corpus, query: Query): Ranking {
  const { files, tally } = measure(corpus, query);
  const weights = corpus.changes.size > 0 ? FILE_WEIGHTS : FILE_WEIGHTS_WITHOUT_HISTORY;
  const scored = files.map((measured) => scoreOf(measured, query, weights));
  scored.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
  return { files: query.wantsRecords ? scored : withoutRecords(scored), tally };
}

/** What changed and who may do what says nothing about behaviour; it is named where there is nothing else. */
function withoutRecords(files: readonly FileScore[]): readonly FileScore[] {
  const others = files.filter(({ file }) => file.kind !== 'changelog' && !isLegal(file.path));
  return others.length === 0 ? files : others;
}

function scoreOf({ file, fit, signs, chunks }: Measured, query: Query, weights: FileWeights): FileScore {
  let score = file.kind === 'docs' && query.wantsDocs ? DOCS_WEIGHT_WHEN_ASKED : weights.kinds[file.kind];
  for (const sign of SIGNS) score += weights.signs[sign] * signs[sign];
  return { file, score, fit, chunks };
}
