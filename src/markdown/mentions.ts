import type { Nodes } from 'mdast';
import { nearest } from '../nearest.ts';
import { parse, type Range, rangeOf } from './parse.ts';

/** What may be mentioned: agents with their worktrees' branches, and groups. Names are unique without case. */
export interface MentionTargets {
  readonly agents: readonly { readonly name: string; readonly branches: readonly string[] }[];
  readonly groups: readonly string[];
}

/** `name` as configured (`all` for everyone); `start` and `end` are offsets in the text, the `@` included. */
export interface Mention extends Range {
  readonly kind: 'agent' | 'group' | 'all';
  readonly name: string;
  /** The worktree's branch in `@agent/branch`. */
  readonly branch: string | null;
}

/**
 * Something that looks like a mention and cannot be taken: a name close to known ones, a name that several share, or a known agent with
 * a worktree that does not exist. `written` and `nearest` are without the `@`; for `no-worktree` they are `agent/branch`, possibly none.
 */
export interface MentionProblem extends Range {
  readonly kind: 'unknown' | 'ambiguous' | 'no-worktree';
  readonly written: string;
  readonly nearest: readonly string[];
}

export interface Mentions {
  readonly mentions: readonly Mention[];
  /** The mention that the message opens with. */
  readonly opensWith: Mention | null;
  readonly problems: readonly MentionProblem[];
}

const none: Mentions = { mentions: [], opensWith: null, problems: [] };
const silent: ReadonlySet<Nodes['type']> = new Set([
  'code',
  'inlineCode',
  'blockquote',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'html',
  'definition',
  'footnoteDefinition',
  'footnoteReference',
]);
const reserved: ReadonlySet<string> = new Set(['tutti', 'here', 'channel', 'everyone', 'me']);

/** Scripts written without spaces: a letter of theirs may stand right before or after a mention. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const endsWithUnspaced = new RegExp(`[${unspaced}]$`, 'u');
const beginsWithUnspaced = new RegExp(`^[${unspaced}]`, 'u');
/** What makes the character before an `@` part of an e-mail address, a path, or an escape. */
const joined = /[\p{L}\p{N}\p{M}_+\-/@\\]$/u;
const nameRun = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*/u;
const branchRun = /^[^\s@:,;!?()[\]{}'"`<>*~^\\|、。，；：！？…—–「」（）]+/u;
const onlyPunctuation = /^\p{P}*$/u;

/** Whether a text can be the name of an agent or a group; says nothing about names that are reserved or taken. */
export function isName(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*$/u.test(text) && [...text].length <= 32;
}

/** Whether no agent or group may be called so. */
export function isReservedName(text: string): boolean {
  return text.toLowerCase() === 'all' || reserved.has(text.toLowerCase());
}

/**
 * Mentions in a message, as people mean them: not in code, quotes, links or e-mail addresses. Names that are close to no known one are
 * text. Belongs off the main thread where `isCostly(markdown)`.
 */
export function findMentions(markdown: string, targets: MentionTargets): Mentions {
  if (!markdown.includes('@')) return none;
  const finds = textRanges(parse(markdown)).flatMap((range) => scan(markdown, range, targets));
  const mentions = finds.filter((find) => isMention(find));
  return {
    mentions,
    opensWith: mentions.find((mention) => opens(markdown, mention)) ?? null,
    problems: finds.filter((find) => !isMention(find)),
  };
}

/**
 * The agent that a message goes to without the moderator: it opens with that agent's mention and mentions nobody else, and nothing in it
 * is unclear. `question` is the message without that mention.
 */
export function directPath(
  markdown: string,
  { mentions, opensWith, problems }: Mentions,
): { readonly name: string; readonly branch: string | null; readonly question: string } | null {
  if (opensWith?.kind !== 'agent' || problems.length > 0) return null;
  const { name, branch } = opensWith;
  if (mentions.some((mention) => mention.kind !== 'agent' || mention.name !== name || mention.branch !== branch))
    return null;
  return { name, branch, question: without(markdown, opensWith) };
}

/** Ranges of the text nodes that count. The source is searched, not the decoded text: an escaped or encoded `@` mentions nobody. */
function textRanges(node: Nodes): readonly Range[] {
  if (silent.has(node.type)) return [];
  if (node.type === 'text') return [rangeOf(node)].filter((range) => range !== null);
  return 'children' in node ? node.children.flatMap((child) => textRanges(child)) : [];
}

function scan(source: string, range: Range, targets: MentionTargets): readonly (Mention | MentionProblem)[] {
  const finds: (Mention | MentionProblem)[] = [];
  let last = -1;
  for (let at = source.indexOf('@', range.start); at >= 0 && at < range.end; at = source.indexOf('@', at + 1)) {
    const follows = last === at || (last === at - 1 && source[at - 1] === '/');
    if (!follows && isJoined(source.slice(Math.max(range.start, at - 2), at))) continue;
    const find = read(source, at, range.end, targets);
    if (find === null) continue;
    finds.push(find);
    last = find.end;
  }
  return finds;
}

function isJoined(before: string): boolean {
  return joined.test(before) && !endsWithUnspaced.test(before);
}

function read(source: string, at: number, limit: number, targets: MentionTargets): Mention | MentionProblem | null {
  const rest = source.slice(at + 1, Math.min(limit, at + 400));
  const run = nameRun.exec(rest)?.[0] ?? '';
  if (run === '') return null;
  const end = (length: number) => at + 1 + length;
  const known = longestKnown(run, targets);
  if (known === null) return unknown(rest, run, at, source, targets);
  const { names, length } = known;
  const [name] = names;
  if (name === undefined) return null;
  if (names.length > 1)
    return { kind: 'ambiguous', written: rest.slice(0, length), nearest: names, start: at, end: end(length) };
  if (rest[length] === '@') return null;
  const path = rest[length] === '/' ? branchPath(rest.slice(length + 1)) : '';
  if (path === '') return { kind: kindOf(name, targets), name, branch: null, start: at, end: end(length) };
  const branches = branchesOf(name, targets);
  const branch = longestBranch(path, branches);
  if (branch !== null) return { kind: 'agent', name, branch, start: at, end: end(length + 1 + branch.length) };
  if (kindOf(name, targets) !== 'agent' || !opens(source, { start: at })) return null;
  const written = `${name}/${path}`;
  return {
    kind: 'no-worktree',
    written,
    nearest: branches.map((each) => `${name}/${each}`),
    start: at,
    end: end(length + 1 + path.length),
  };
}

/** The longest known name that the run begins with and that ends where a name can end: what follows in the run is punctuation, or begins in a script without spaces. */
function longestKnown(
  run: string,
  targets: MentionTargets,
): { readonly names: readonly string[]; readonly length: number } | null {
  const names = [...namesOf(targets), 'all'];
  for (let length = run.length; length > 0; length--) {
    const rest = run.slice(length);
    if (!onlyPunctuation.test(rest) && !beginsWithUnspaced.test(rest)) continue;
    const written = run.slice(0, length).toLowerCase();
    const found = names.filter((name) => name.toLowerCase() === written);
    if (found.length > 0) return { names: found, length };
  }
  return null;
}

/** A name that nobody has: a problem when it is close to known ones; before a `/` only where the message opens with it or the worktree exists. */
function unknown(
  rest: string,
  run: string,
  at: number,
  source: string,
  targets: MentionTargets,
): MentionProblem | null {
  const written = run.replace(/\p{P}+$/u, '');
  if (isReservedName(written)) return null;
  const near = nearest(written, namesOf(targets));
  const path = rest[written.length] === '/' ? branchPath(rest.slice(written.length + 1)) : '';
  const fits = near.filter((name) => longestBranch(path, branchesOf(name, targets)) !== null);
  const nearby = path === '' || opens(source, { start: at }) ? near : fits;
  if (nearby.length === 0) return null;
  return { kind: 'unknown', written, nearest: nearby, start: at, end: at + 1 + written.length };
}

function branchPath(rest: string): string {
  return (branchRun.exec(rest)?.[0] ?? '').replace(/\p{P}+$/u, '');
}

function longestBranch(path: string, branches: readonly string[]): string | null {
  const fits = branches.filter((branch) => {
    const rest = path.slice(branch.length);
    return path.startsWith(branch) && (onlyPunctuation.test(rest) || beginsWithUnspaced.test(rest));
  });
  return fits.toSorted((one, other) => other.length - one.length)[0] ?? null;
}

function namesOf({ agents, groups }: MentionTargets): readonly string[] {
  return [...agents.map((agent) => agent.name), ...groups];
}

function branchesOf(name: string, { agents }: MentionTargets): readonly string[] {
  return agents.find((agent) => agent.name === name)?.branches ?? [];
}

function kindOf(name: string, { agents, groups }: MentionTargets): Mention['kind'] {
  if (agents.some((agent) => agent.name === name)) return 'agent';
  return groups.includes(name) ? 'group' : 'all';
}

function isMention(find: Mention | MentionProblem): find is Mention {
  return 'name' in find;
}

/** Nothing but space and emphasis stands before it. */
function opens(source: string, { start }: { readonly start: number }): boolean {
  return /^[\s*_~]*$/.test(source.slice(0, start));
}

/** The text without an opening mention, its emphasis, and the comma or colon after it. */
function without(markdown: string, mention: Mention): string {
  const before = markdown.slice(0, mention.start).trim();
  const after = markdown.slice(mention.end);
  const closing = [...before].toReversed().join('');
  const rest = before !== '' && after.startsWith(closing) ? after.slice(closing.length) : after;
  const question = rest.replace(/^[ \t]*(?:[,:;.](?=\s|$)|[，：、。])?[ \t]*(?:\n(?:[ \t]*\n)*)?/u, '').trimEnd();
  return rest === after ? before + question : question;
}
