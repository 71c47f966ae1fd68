import { clean } from '../clean.ts';
import type { Citation } from './adapter.ts';

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

/** Why a source does not hold, in words; null where it does. */
export function problemOf({ reason }: Citation): string | null {
  return reason === null ? null : (problems[reason] ?? reason);
}

/** Where a source stands: `path:line-line`, on one line; empty where it is an agent as a whole. */
export function locationOf(citation: Citation): string {
  if (citation.path === null) return '';
  const lines =
    citation.line === null ? '' : `:${citation.line}${citation.endLine === null ? '' : `-${citation.endLine}`}`;
  return `${clean(citation.path).replace(/\s+/gu, ' ')}${lines}`;
}

function isCitation(value: unknown): value is Citation {
  return isObject(value) && typeof value.n === 'number' && typeof value.agent === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
