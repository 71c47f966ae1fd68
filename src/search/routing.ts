import type { Corpus } from './corpus.ts';
import type { Query } from './question.ts';
import type { Ranking } from './rank.ts';
import type { Analyzer } from './terms.ts';
import { ROUTING_WEIGHTS, ROUTING_WEIGHTS_WITHOUT_HISTORY } from './weights.ts';

/** Which of several projects a question is about. Pure. */

/** What speaks for a project, measured against the others that were asked about: 0 … 1. */
export interface ProjectSigns {
  /** What speaks for its best file. */
  readonly bestFile: number;
  /** The most of the question's words that stand in one place of its best files. */
  readonly fit: number;
  /** How much more of its files, of its words, and of its commits have the question's terms than is usual among the projects. */
  readonly files: number;
  readonly words: number;
  readonly history: number;
  /** The commit that says most of the question. */
  readonly bestChange: number;
  /** How often its commits speak of the area that the question's title names. */
  readonly area: number;
  /** The question says what the project is called. */
  readonly named: number;
  readonly size: number;
}

export interface WeighedProject {
  readonly signs: ProjectSigns;
  readonly score: number;
}

interface Counts {
  readonly files: readonly number[];
  readonly words: readonly number[];
  readonly history: readonly number[];
}

/** Keeps a term that hardly any project has from drowning all others. */
const RAREST = 0.002;
const BEST_FILES = 50;

/** Weighs projects against each other, in their order. Scores compare projects for this question; e^difference is the odds. */
export function weigh(
  projects: readonly { readonly corpus: Corpus; readonly ranking: Ranking }[],
  query: Query,
  analyzer: Analyzer,
): readonly WeighedProject[] {
  const counts = projects.map(countsOf);
  const usual = {
    files: usualRates(counts, 'files'),
    words: usualRates(counts, 'words'),
    history: usualRates(counts, 'history'),
  };
  const rarity = query.terms.map(
    ({ weight }, index) => weight * Math.log(1 + 1 / ((usual.files[index] ?? 0) + RAREST)),
  );
  const total = rarity.reduce((sum, value) => sum + value, 0) || 1;
  const worth = rarity.map((value) => value / total);
  const allHaveHistory = projects.every(({ corpus }) => corpus.changes.size > 0);
  const weights = allHaveHistory ? ROUTING_WEIGHTS : ROUTING_WEIGHTS_WITHOUT_HISTORY;
  const asked = new Set(query.terms.map(({ term }) => term));
  return projects.map(({ corpus, ranking }, position) => {
    const own = counts[position];
    const excess = (kind: keyof Counts) =>
      worth.reduce((sum, value, index) => sum + value * shareOf(own?.[kind][index] ?? 0, usual[kind][index] ?? 0), 0);
    const signs = {
      bestFile: ranking.evidence / 10,
      fit: Math.max(0, ...ranking.files.slice(0, BEST_FILES).map(({ fit }) => fit)),
      files: excess('files'),
      words: excess('words'),
      history: excess('history'),
      bestChange: bestChange(corpus, ranking, worth),
      area: saidOfArea(ranking, query),
      named: analyzer.terms(corpus.name).some((term) => asked.has(term)) ? 1 : 0,
      size: Math.log1p(corpus.files.size) / 8,
    };
    return { signs, score: combine(signs, weights) };
  });
}

/** Per term, the share of the project's files, words and commits that have it. */
function countsOf({ corpus, ranking: { tally } }: { readonly corpus: Corpus; readonly ranking: Ranking }): Counts {
  let words = 1;
  for (const file of corpus.files.values()) words += file.proseLength + file.codeLength;
  const share = (counts: Float64Array, of: number) => [...counts].map((count) => count / of);
  return {
    files: share(tally.holding, corpus.files.size + 1),
    words: share(tally.occurrences, words),
    history: share(tally.saying, corpus.changes.size + 1),
  };
}

function usualRates(counts: readonly Counts[], kind: keyof Counts): readonly number[] {
  const first = counts[0]?.[kind] ?? [];
  return first.map((_, index) => counts.reduce((sum, one) => sum + (one[kind][index] ?? 0), 0) / counts.length);
}

function shareOf(own: number, usual: number): number {
  return own / (own + usual + 1e-6);
}

function bestChange(corpus: Corpus, ranking: Ranking, worth: readonly number[]): number {
  let best = 0;
  for (const [id, terms] of ranking.tally.changes) {
    const length = corpus.changes.get(id)?.length ?? 0;
    const said = terms.reduce((sum, term) => sum + (worth[term] ?? 0), 0);
    best = Math.max(best, said / (0.5 + length / 20));
  }
  return best;
}

function saidOfArea(ranking: Ranking, query: Query): number {
  const area = new Set(query.terms.flatMap(({ term }, index) => (query.area.includes(term) ? [index] : [])));
  if (area.size === 0) return 0;
  let commits = 0;
  for (const terms of ranking.tally.changes.values()) if (terms.some((term) => area.has(term))) commits += 1;
  return Math.log1p(commits) / 8;
}

function combine(signs: ProjectSigns, weights: Readonly<Record<keyof ProjectSigns, number>>): number {
  return (Object.keys(weights) as (keyof ProjectSigns)[]).reduce((sum, sign) => sum + weights[sign] * signs[sign], 0);
}
