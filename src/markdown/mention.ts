import { nameProblem } from '../names.ts';
import { nearest } from '../nearest.ts';
import type { Range } from './parse.ts';

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

/** Scripts written without spaces: a letter of theirs may stand right before or after a mention. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const endsWithUnspaced = new RegExp(`[${unspaced}]$`, 'u');
const beginsWithUnspaced = new RegExp(`^[${unspaced}]`, 'u');
/** What makes the character before an `@` part of an e-mail address, a path, or an escape. */
const joined = /[\p{L}\p{N}\p{M}_+\-/@\\]$/u;
const nameRun = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*/u;
const branchRun = /^[^\s@:,;!?()[\]{}'"`<>*~^\\|、。，；：！？…—–「」（）]+/u;
/** 32 characters, each possibly a surrogate pair. */
const longestName = 64;
const onlyPunctuation = /^\p{P}*$/u;

/** Whether an `@` after this text belongs to an e-mail address, a path or an escape. */
export function isJoined(before: string): boolean {
  return joined.test(before) && !endsWithUnspaced.test(before);
}

/** What the `@` at this offset mentions, looking no further than `limit`; null where it is text. */
export function readMention(
  source: string,
  at: number,
  limit: number,
  targets: MentionTargets,
): Mention | MentionProblem | null {
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
  const path = rest[length] === '/' ? branchRunOf(rest.slice(length + 1)) : '';
  if (onlyPunctuation.test(path))
    return { kind: kindOf(name, targets), name, branch: null, start: at, end: end(length) };
  const branches = branchesOf(name, targets);
  const branch = longestBranch(path, branches);
  if (branch !== null) return { kind: 'agent', name, branch, start: at, end: end(length + 1 + branch.length) };
  if (kindOf(name, targets) !== 'agent' || !opens(source, { start: at })) return null;
  const written = `${name}/${withoutPunctuation(path)}`;
  return {
    kind: 'no-worktree',
    written,
    nearest: branches.map((each) => `${name}/${each}`),
    start: at,
    end: at + 1 + written.length,
  };
}

/** The longest known name that the run begins with and that ends where a name can end: what follows in the run is punctuation, or begins in a script without spaces. */
function longestKnown(
  run: string,
  targets: MentionTargets,
): { readonly names: readonly string[]; readonly length: number } | null {
  const names = [...namesOf(targets), 'all'];
  for (let length = Math.min(run.length, longestName); length > 0; length--) {
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
  const written = withoutPunctuation(run);
  if (nameProblem(written) !== null) return null;
  const near = nearest(written, namesOf(targets));
  const path = rest[written.length] === '/' ? branchRunOf(rest.slice(written.length + 1)) : '';
  const fits = near.filter((name) => longestBranch(path, branchesOf(name, targets)) !== null);
  const nearby = onlyPunctuation.test(path) || opens(source, { start: at }) ? near : fits;
  if (nearby.length === 0) return null;
  return { kind: 'unknown', written, nearest: nearby, start: at, end: at + 1 + written.length };
}

function branchRunOf(rest: string): string {
  return branchRun.exec(rest)?.[0] ?? '';
}

function withoutPunctuation(text: string): string {
  return text.replace(/\p{P}+$/u, '');
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

/** Whether nothing but space and emphasis stands before it. */
export function opens(source: string, { start }: { readonly start: number }): boolean {
  return /^[\s*_~]*$/.test(source.slice(0, start));
}
