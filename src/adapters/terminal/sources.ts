import { clean } from '../../clean.ts';
import type { Citation } from '../adapter.ts';
import { locationOf, problemOf } from '../sources.ts';
import type { Style } from './style.ts';
import { column, widthOf } from './width.ts';

/** The list of sources under an answer: number, whether it was found to be true, whose it is, where it stands. */
export function sourceLines(citations: readonly Citation[], style: Style): readonly string[] {
  if (citations.length === 0) return [];
  const names = Math.max(...citations.map(({ agent }) => widthOf(clean(agent))));
  const numbers = String(Math.max(...citations.map(({ n }) => n))).length;
  const rows = citations.map((citation) => {
    const mark = citation.verified ? style.green('✓') : style.red('✗');
    const problem = problemOf(citation);
    const why = problem === null ? '' : style.red(`   (${problem})`);
    const agent = citation.path === null ? clean(citation.agent) : column(clean(citation.agent), names);
    return `${String(citation.n).padStart(numbers)} ${mark} ${agent}  ${locationOf(citation)}${why}`.trimEnd();
  });
  return [style.bold('Sources'), ...rows];
}
