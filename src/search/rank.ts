import type { Corpus, IndexedFile } from './corpus.ts';
import { isLegal } from './kinds.ts';
import { type Measured, type Measurement, measure, type Signs } from './measure.ts';
import type { Query } from './question.ts';
import { bestOf, shareOfBest } from './relative.ts';
import { FILE_WEIGHTS, FILE_WEIGHTS_WITHOUT_HISTORY, type FileWeights } from './weights.ts';

/** A file and how much speaks for it. */
export interface FileScore {
  readonly file: IndexedFile;
  /** Compares files of one project for one question, and nothing else: what speaks for it, and how it stands beside the others. */
  readonly score: number;
  /** What speaks for it, whatever the others have: comparable over projects. */
  readonly evidence: number;
  readonly fit: Measured['fit'];
  readonly chunks: Measured['chunks'];
}

export interface Ranking {
  /** Best first. */
  readonly files: readonly FileScore[];
  readonly tally: Measurement['tally'];
  /** The most that speaks for any of the files, negative where hardly anything does; 0 where there is none. */
  readonly evidence: number;
}

const SIGNS = Object.keys(FILE_WEIGHTS.signs) as (keyof Signs)[];
/** A question for reasons and meanings is answered by documents as well as by code. */
const DOCS_WEIGHT_WHEN_ASKED = -0.5;

/** Files that speak to the query, best first; no changelogs and licences where they are not asked for. Pure. */
export function rank(corpus: Corpus, query: Query): Ranking {
  const { files, tally } = measure(corpus, query);
  const weights = corpus.changes.size > 0 ? FILE_WEIGHTS : FILE_WEIGHTS_WITHOUT_HISTORY;
  const best = bestOf(files);
  const scored = files.map((measured) => {
    const evidence = evidenceOf(measured, query, weights);
    const { file, fit, chunks, signs } = measured;
    return {
      file,
      fit,
      chunks,
      evidence,
      score: evidence + weights.fit * fit + shareOfBest(signs, best, weights.relative),
    };
  });
  scored.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
  const shown = query.wantsRecords ? scored : withoutRecords(scored);
  const evidence = shown.reduce((most, file) => Math.max(most, file.evidence), Number.NEGATIVE_INFINITY);
  return { files: shown, tally, evidence: shown.length === 0 ? 0 : evidence };
}

/** What changed and who may do what says nothing about behaviour; it is named where there is nothing else. */
function withoutRecords(files: readonly FileScore[]): readonly FileScore[] {
  const others = files.filter(({ file }) => file.kind !== 'changelog' && !isLegal(file.path));
  return others.length === 0 ? files : others;
}

function evidenceOf({ file, signs }: Measured, query: Query, weights: FileWeights): number {
  let evidence = file.kind === 'docs' && query.wantsDocs ? DOCS_WEIGHT_WHEN_ASKED : weights.kinds[file.kind];
  for (const sign of SIGNS) evidence += weights.signs[sign] * signs[sign];
  return evidence;
}
