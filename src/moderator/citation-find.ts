import type { Link, Nodes } from 'mdast';
import { parse, parseLiteral, type Range, rangeOf } from '../markdown/parse.ts';
import { unblocked } from '../markdown/unblocked.ts';
import { isHostLike, type PathLines, readBare, readPath, readTarget } from './citation-path.ts';

/** What a citation points at. `path` is as written; `endLine` is null for a single line. */
export interface CitedPlace {
  readonly agent: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
}

/** A citation in the source: it is replaced by `before`, the number in brackets, and `after`. */
export interface FoundCitation extends Range {
  readonly place: CitedPlace;
  readonly before: string;
  readonly after: string;
  /** May be a host and its port: text, unless there is such a file. */
  readonly doubtful: boolean;
}

export interface FindOptions {
  /** Every agent, and `agent/branch` of every worktree. */
  readonly known: readonly string[];
  /** The agent whose reply this is: then a bare `path:line` cites it too. Null for an answer of the moderator's mind. */
  readonly agent: string | null;
}

export interface Finds {
  /** In order, without overlaps. */
  readonly citations: readonly FoundCitation[];
  /** Where a backslash must be put, so that a definition in the text does not make links of the sources' numbers. */
  readonly escapes: readonly number[];
}

interface KnownName {
  readonly name: string;
  readonly lower: string;
}

interface Leaves {
  readonly texts: readonly Range[];
  readonly codes: readonly Range[];
}

/** A definition of a number, as in `[1]: https://…`. */
const numericDefinition = /\[[\s>]*\d+[\s>]*\](?=:)/g;
const longestBracket = 600;
/** Without any of these a text holds no link, and need not be parsed for them. */
const hasLinks = /\]\(|\]\[|\]:|:\/\/|www\.|@|</i;

/**
 * Citations in an answer: `[agent:path:line]`, `[agent/branch:path:line-line]` and `[agent]` in text, before link references are
 * resolved; in an agent's own reply also a `path:line` in text, in inline code, and as the target of a link.
 */
export function findCitations(markdown: string, { known, agent }: FindOptions): Finds {
  const leaves = leavesOf(parseLiteral(markdown));
  const longestFirst = known.toSorted((one, other) => other.length - one.length);
  const names = longestFirst.map((name) => ({ name, lower: name.toLowerCase() }));
  const bracketed = leaves.texts.flatMap((range) => findBracketed(markdown, range, names));
  const bare = agent === null ? [] : findBare(markdown, leaves, agent);
  return {
    citations: inOrder(markdown, [...bracketed, ...bare]),
    escapes: leaves.texts.flatMap(({ start, end }) =>
      [...markdown.slice(start, end).matchAll(numericDefinition)].map((match) => start + match.index + match[0].length),
    ),
  };
}

/**
 * The same for an answer of any size, without blocking this thread; nothing is found in one that takes longer than five seconds. Rejects
 * only when the signal aborts.
 */
export async function readCitations(
  markdown: string,
  { known, agent }: FindOptions,
  signal?: AbortSignal,
): Promise<Finds> {
  const nothing: Finds = { citations: [], escapes: [] };
  return unblocked(findCitations, import.meta.url, [markdown, { known, agent }], () => nothing, signal);
}

function leavesOf(node: Nodes): Leaves {
  const range = rangeOf(node);
  if (node.type === 'text' && range !== null) return { texts: [range], codes: [] };
  if (node.type === 'inlineCode' && range !== null) return { texts: [], codes: [range] };
  const leaves = 'children' in node && node.type !== 'link' ? node.children.map((child) => leavesOf(child)) : [];
  return { texts: leaves.flatMap((leaf) => leaf.texts), codes: leaves.flatMap((leaf) => leaf.codes) };
}

function findBracketed(markdown: string, { start, end }: Range, names: readonly KnownName[]): readonly FoundCitation[] {
  const found: FoundCitation[] = [];
  for (let at = markdown.indexOf('[', start); at >= 0 && at < end; at = markdown.indexOf('[', at + 1)) {
    if (isEscaped(markdown, at, start)) continue;
    const content = balanced(markdown.slice(at + 1, Math.min(end, at + longestBracket)));
    const place = content === null ? null : readBracket(content, markdown[at + content.length + 2] === '(', names);
    if (content === null || place === null) continue;
    found.push(citation(place, { start: at, end: at + content.length + 2 }));
    at += content.length + 1;
  }
  return found;
}

/** Up to the bracket that closes the one before, on the same line. */
function balanced(text: string): string | null {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/[[\]\n]/g)) {
    if (mark === '\n') return null;
    if (mark === ']' && depth === 0) return text.slice(0, index);
    depth += mark === '[' ? 1 : -1;
  }
  return null;
}

function readBracket(content: string, isLink: boolean, names: readonly KnownName[]): CitedPlace | null {
  const text = content.trim().replace(/^@/, '');
  if (names.some(({ name }) => name === text))
    return isLink ? null : { agent: text, path: null, line: null, endLine: null };
  if (!text.includes(':')) return null;
  const start = text.toLowerCase();
  const known = names.find(({ lower }) => start.startsWith(lower) && start[lower.length] === ':');
  if (known !== undefined) return placed(known.name, readPath(text.slice(known.name.length + 1)));
  const isWorktree = names.some(({ lower }) => start.startsWith(lower) && start[lower.length] === '/');
  const [, missing = '', rest = ''] = (isWorktree ? /^([^\s:]+):(.*:\d+(?:-\d+)?)$/s.exec(text) : null) ?? [];
  return missing === '' ? null : placed(missing, readPath(rest));
}

function placed(agent: string, path: PathLines | null): CitedPlace | null {
  return path === null ? null : { agent, ...path };
}

function findBare(markdown: string, { texts, codes }: Leaves, agent: string): readonly FoundCitation[] {
  const links = (hasLinks.test(markdown) ? linksOf(parse(markdown)) : []).map((link) =>
    readLink(markdown, link, agent),
  );
  const taken = links.flatMap((link) => link.taken);
  const isFree = (range: Range) => !taken.some(({ start, end }) => range.start < end && range.end > start);
  const inText = texts.flatMap(({ start, end }) =>
    readBare(markdown.slice(start, end)).map((path) =>
      bareCitation(placeOf(agent, path), { start: start + path.start, end: start + path.end }),
    ),
  );
  const inCode = codes.flatMap((range) => readCode(markdown, range, agent));
  return [...links.flatMap((link) => link.citations), ...[...inText, ...inCode].filter(isFree)];
}

/** A code span that is nothing but the citation is replaced; behind any other the numbers follow. */
function readCode(markdown: string, range: Range, agent: string): readonly FoundCitation[] {
  const text = withoutTicks(markdown.slice(range.start, range.end));
  const paths = readBare(text);
  const [first] = paths;
  if (first?.start === 0 && first.end === text.length) return [bareCitation(placeOf(agent, first), range)];
  const behind = { start: range.end, end: range.end };
  return paths.map((path) => bareCitation(placeOf(agent, path), behind, ' '));
}

function linksOf(node: Nodes): readonly Link[] {
  if (node.type === 'link') return [node];
  return 'children' in node ? node.children.flatMap((child) => linksOf(child)) : [];
}

/** A link to lines of a file is a citation. The target of any other is taken, so that nothing in it is read as one. */
function readLink(
  markdown: string,
  link: Link,
  agent: string,
): { readonly citations: readonly FoundCitation[]; readonly taken: readonly Range[] } {
  const range = rangeOf(link);
  const [first] = link.children;
  const last = link.children.at(-1);
  if (range === null || first === undefined || last === undefined) return { citations: [], taken: [] };
  const label = { start: rangeOf(first)?.start ?? range.start, end: rangeOf(last)?.end ?? range.end };
  const text = markdown.slice(label.start, label.end);
  const target = readTarget(link.url);
  if (target === null)
    return { citations: [], taken: [isAddress(text, link.url) ? range : { start: label.end, end: range.end }] };
  const before = readBare(withoutTicks(text)).length > 0 ? '' : `${text} `;
  return { citations: [bareCitation(placeOf(agent, target), range, before)], taken: [range] };
}

/** A link whose label is its own address. */
function isAddress(text: string, url: string): boolean {
  return [text, `http://${text}`, `mailto:${text}`].includes(url);
}

function withoutTicks(code: string): string {
  return code.replace(/^`+|`+$/g, '').trim();
}

function placeOf(agent: string, { path, line, endLine }: PathLines): CitedPlace {
  return { agent, path, line, endLine };
}

function citation(place: CitedPlace, range: Range): FoundCitation {
  return { place, before: '', after: '', ...range, doubtful: false };
}

function bareCitation(place: CitedPlace, range: Range, before = ''): FoundCitation {
  return { ...citation(place, range), before, doubtful: place.path !== null && isHostLike(place.path) };
}

/** In order; a number is kept from becoming a link by what follows it. */
function inOrder(markdown: string, found: readonly FoundCitation[]): readonly FoundCitation[] {
  const apart: FoundCitation[] = [];
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.start >= (apart.at(-1)?.end ?? 0)) apart.push(one);
  }
  return apart.map((one, index) => {
    const isFollowed = apart[index + 1]?.start === one.end;
    return { ...one, after: !isFollowed && /[([:]/.test(markdown[one.end] ?? '') ? '\\' : '' };
  });
}

function isEscaped(text: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - slashes > from && text[at - slashes - 1] === '\\') slashes++;
  return slashes % 2 === 1;
}
