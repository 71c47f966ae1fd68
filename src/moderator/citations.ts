import { relative, resolve } from 'node:path';
import type { Citation, CitationProblem } from '../adapters/adapter.ts';
import { clean } from '../clean.ts';
import type { Mask } from '../mask.ts';
import { checkLines } from './citation-files.ts';
import { type CitedPlace, type FindOptions, type FoundCitation, readCitations } from './citation-find.ts';
import { namesFile } from './citation-path.ts';

/** An agent's answer in this turn, for what it says about files. `agent` is `api` or `api/branch`. */
export interface AnsweredAgent {
  readonly agent: string;
  /** Absolute: where it ran. */
  readonly directory: string;
  readonly text: string;
  /** What its provider itself returned; paths relative to the directory, or absolute. */
  readonly sources: readonly { readonly path: string }[];
}

export interface CitationContext extends FindOptions {
  /** All answers of this turn, in order. */
  readonly answered: readonly AnsweredAgent[];
  readonly mask: Mask;
  readonly signal?: AbortSignal;
}

export interface CheckedAnswer {
  /** The answer with its sources as `[n]`; every other byte as it was, but for backslashes that keep a number from being a link. */
  readonly markdown: string;
  readonly citations: readonly Citation[];
  /** One sentence for each citation that failed, for the mind's repair call: nothing in it but the mind's own words. */
  readonly failures: readonly string[];
}

interface Checked {
  readonly find: FoundCitation;
  readonly citation: Omit<Citation, 'n'>;
}

const mostPlaces = 300;
const checksAtOnce = 8;
const longestExcerpt = 2_000;

/**
 * Checks what an answer cites, and numbers its sources: in order of first appearance, the same place once. A citation is verified when the
 * file and its lines exist in the directory where the agent ran and that agent named the file in this turn, or its provider returned it.
 * Rejects only when the signal aborts; an answer that cannot be parsed within five seconds stays as it is, without sources.
 */
export async function checkCitations(markdown: string, context: CitationContext): Promise<CheckedAnswer> {
  const finds = await readCitations(markdown, context, context.signal);
  const checked = await checkAll(finds.citations, context);
  const numbers = new Map<string, Citation>();
  for (const { citation } of checked) {
    const key = keyOf(citation);
    if (!numbers.has(key)) numbers.set(key, { n: numbers.size + 1, ...citation });
  }
  const citations = [...numbers.values()];
  const numbered = checked.map(({ find, citation }) => ({ find, n: numbers.get(keyOf(citation))?.n ?? 0 }));
  return {
    markdown: withNumbers(markdown, numbered, finds.escapes),
    citations,
    failures: citations.flatMap(failureOf),
  };
}

/** Each place is checked once, a few at a time; places beyond the bound, and hosts that only look like files, stay text. */
async function checkAll(finds: readonly FoundCitation[], context: CitationContext): Promise<readonly Checked[]> {
  const groups = [...Map.groupBy(finds, (find) => keyOf(find.place)).values()];
  const checked: Checked[] = [];
  for (let start = 0; start < Math.min(groups.length, mostPlaces); start += checksAtOnce) {
    const some = groups.slice(start, Math.min(start + checksAtOnce, mostPlaces));
    const results = await Promise.all(some.map((group) => checkGroup(group, context)));
    checked.push(...results.flat());
  }
  return checked.toSorted((one, other) => one.find.start - other.find.start);
}

async function checkGroup(group: readonly FoundCitation[], context: CitationContext): Promise<readonly Checked[]> {
  const [first] = group;
  if (first === undefined) return [];
  const citation = await check(first.place, context);
  const isText = citation.reason === 'no-such-file' && group.every((find) => find.doubtful);
  return isText ? [] : group.map((find) => ({ find, citation }));
}

async function check(place: CitedPlace, context: CitationContext): Promise<Omit<Citation, 'n'>> {
  const replies = context.answered.filter((reply) => reply.agent === place.agent);
  const last = replies.at(-1);
  const { path } = place;
  if (last === undefined) return outcome(place, 'not-said-by-agent');
  if (path === null) return outcome(place, null);
  const lines = await checkLines(last.directory, { ...place, path }, context.signal);
  const found = { ...place, path: lines.path };
  if (lines.reason !== null) return outcome(found, lines.reason);
  const isNamed = context.agent === place.agent || replies.some((reply) => names(reply, lines.path));
  return isNamed ? outcome(found, null, shown(lines.excerpt, context.mask)) : outcome(found, 'not-said-by-agent');
}

function names(reply: AnsweredAgent, path: string): boolean {
  const isSource = reply.sources.some(
    (source) => relative(reply.directory, resolve(reply.directory, source.path)) === path,
  );
  return isSource || namesFile(reply.text, path, reply.directory);
}

function outcome(
  place: CitedPlace,
  reason: CitationProblem | null,
  excerpt: string | null = null,
): Omit<Citation, 'n'> {
  const { agent, path, line, endLine } = place;
  return { agent, path: path === null ? null : clean(path), line, endLine, verified: reason === null, reason, excerpt };
}

/** Masked as a whole, then cut. */
function shown(excerpt: string | null, mask: Mask): string | null {
  if (excerpt === null) return null;
  const text = mask(clean(excerpt));
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt).toWellFormed()}…` : text;
}

function withNumbers(
  markdown: string,
  numbered: readonly { readonly find: FoundCitation; readonly n: number }[],
  escapes: readonly number[],
): string {
  const marks = numbered.map(({ find, n }) => ({ ...find, text: `${find.before}[${n}]${find.after}` }));
  const isFree = (at: number) => !marks.some((mark) => at >= mark.start && at <= mark.end);
  const slashes = escapes.filter(isFree).map((at) => ({ start: at, end: at, text: '\\' }));
  let result = '';
  let from = 0;
  for (const { start, end, text } of [...marks, ...slashes].toSorted((one, other) => one.start - other.start)) {
    result += markdown.slice(from, start) + text;
    from = end;
  }
  return result + markdown.slice(from);
}

function keyOf({ agent, path, line, endLine }: CitedPlace): string {
  return JSON.stringify([agent, path, line, endLine]);
}

const failureTexts: Readonly<Record<CitationProblem, string>> = {
  'no-such-file': 'there is no such file',
  'no-such-line': 'the file has no such lines',
  outside: 'the path leads outside the directory of the agent',
  'not-said-by-agent': 'that agent named no such file in this turn',
};

function failureOf(citation: Citation): readonly string[] {
  if (citation.reason === null) return [];
  return [`[${placeText(citation)}]: ${failureTexts[citation.reason]}.`];
}

function placeText({ agent, path, line, endLine }: CitedPlace): string {
  const lines = line === null ? '' : `:${line}${endLine === null ? '' : `-${endLine}`}`;
  return path === null ? agent : `${agent}:${path.slice(0, 200)}${lines}`;
}
