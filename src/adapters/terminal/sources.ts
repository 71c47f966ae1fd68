import { clean } from '../../clean.ts';
import type { Citation } from '../adapter.ts';
import { locationOf, problemOf } from '../sources.ts';
import type { Style } from './style.ts';
import { column, widthOf } from './width.ts';

export interface SourcesView {
  /** An agent's directory as people write it from where they are; null where that is not known. */
  directoryOf(agent: string): string | null;
  /** Cells of a line. */
  readonly width: number;
}

/**
 * The list of sources under an answer: number, whether it was found to be true, whose it is, where it stands. Paths start where the
 * people are, so that their terminal can open them; where that takes too much room, at the agent's directory.
 */
export function sourceLines(
  citations: readonly Citation[],
  style: Style,
  view: SourcesView | null = null,
): readonly string[] {
  if (citations.length === 0) return [];
  const names = Math.max(...citations.map(({ agent }) => widthOf(clean(agent))));
  const numbers = String(Math.max(...citations.map(({ n }) => n))).length;
  const rows = citations.map((citation) => {
    const mark = citation.verified ? style.green('✓') : style.red('✗');
    const problem = problemOf(citation);
    const why = problem === null ? '' : style.red(`   (${problem})`);
    const agent = citation.path === null ? clean(citation.agent) : column(clean(citation.agent), names);
    return `${String(citation.n).padStart(numbers)} ${mark} ${agent}  ${locationFor(citation, names + numbers, view)}${why}`.trimEnd();
  });
  return [style.bold('Sources'), ...rows];
}

/** What stands around a path on its line, besides the agent's name and the number. */
const around = 8;

function locationFor(citation: Citation, taken: number, view: SourcesView | null): string {
  const own = locationOf(citation);
  const directory = view === null || !citation.verified ? null : view.directoryOf(citation.agent);
  if (directory === null || directory === '.' || citation.path === null) return own;
  const whole = `${clean(directory)}/${own}`;
  return view !== null && widthOf(whole) + taken + around <= view.width ? whole : own;
}
