import type { Measured, Signs } from './measure.ts';

/**
 * How a file stands beside the others. How much of a question a project's files have depends on how it is worded; which of them has most
 * does not. Pure.
 */

/** Signs that are also held against the best source's. */
export type RelativeSign = 'defined' | 'prose' | 'code' | 'history' | 'passage' | 'directory' | 'neighbours';

const RELATIVE_SIGNS: readonly RelativeSign[] = [
  'defined',
  'prose',
  'code',
  'history',
  'passage',
  'directory',
  'neighbours',
];
/** What has more than the best source, as documents and tests often do, does not run away with it. */
const MOST = 1.5;

/** Of each sign the most that any source has; where there are no sources, that any file has. */
export function bestOf(files: readonly Measured[]): Readonly<Record<RelativeSign, number>> {
  const sources = files.filter(({ file }) => file.kind === 'source');
  const best = { defined: 0, prose: 0, code: 0, history: 0, passage: 0, directory: 0, neighbours: 0 };
  for (const { signs } of sources.length === 0 ? files : sources) {
    for (const sign of RELATIVE_SIGNS) best[sign] = Math.max(best[sign], signs[sign]);
  }
  return best;
}

/** The weighted sum of a file's shares of the best. */
export function shareOfBest(
  signs: Signs,
  best: Readonly<Record<RelativeSign, number>>,
  weights: Readonly<Record<RelativeSign, number>>,
): number {
  let sum = 0;
  for (const sign of RELATIVE_SIGNS) {
    if (best[sign] > 0) sum += weights[sign] * Math.min(MOST, signs[sign] / best[sign]);
  }
  return sum;
}
