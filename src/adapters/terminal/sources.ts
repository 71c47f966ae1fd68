import { clean } from '../../clean.ts';
import type { Citation } from '../adapter.ts';
import { isObject } from './json.ts';
import type { Style } from './style.ts';
import { column, widthOf } from './width.ts';

const problems: Readonly<Record<string, string>> = {
  'no-such-file': 'no such file',
  'no-such-line': 'no such line',
  outside: "outside the agent's directory",
  'not-said-by-agent': 'not said by this agent',
};

/** The checked sources that a result carries; none where it carries none. */
export function citationsOf(data: unknown): readonly Citation[] {
  if (!isObject(data) || !Array.isArray(data.citations)) return [];
  return data.citations.filter(isCitation);
}

function isCitation(value: unknown): value is Citation {
  return isObject(value) && typeof value.n === 'number' && typeof value.agent === 'string';
}

/** The list of sources under an answer: number, whether it was found to be true, whose it is, where it stands. */
export function sourceLines(citations: readonly Citation[], style: Style): readonly string[] {
  if (citations.length === 0) return [];
  const names = Math.max(...citations.map(({ agent }) => widthOf(clean(agent))));
  const numbers = String(Math.max(...citations.map(({ n }) => n))).length;
  const rows = citations.map((citation) => {
    const mark = citation.verified ? style.green('✓') : style.red('✗');
    const why = citation.reason === null ? '' : style.red(`   (${problems[citation.reason] ?? citation.reason})`);
    const agent = citation.path === null ? clean(citation.agent) : column(clean(citation.agent), names);
    return `${String(citation.n).padStart(numbers)} ${mark} ${agent}  ${location(citation)}${why}`.trimEnd();
  });
  return [style.bold('Sources'), ...rows];
}

function location(citation: Citation): string {
  if (citation.path === null) return '';
  const lines =
    citation.line === null ? '' : `:${citation.line}${citation.endLine === null ? '' : `-${citation.endLine}`}`;
  return `${clean(citation.path).replace(/\s+/gu, ' ')}${lines}`;
}
