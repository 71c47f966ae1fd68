/** A path with lines, as written. `endLine` is null for a single line. */
export interface PathLines {
  readonly path: string;
  readonly line: number | null;
  readonly endLine: number | null;
}

/** A bare `path:line` in a longer text; `start` and `end` are offsets in it. */
export interface BarePath extends PathLines {
  readonly start: number;
  readonly end: number;
}

const lastLines = /^(.*):(\d{1,9})(?:[-–](\d{1,9}))?$/su;
/** A whole run of characters that paths are made of, lines, and perhaps a column. A run begins where it begins, so this stays linear. */
const bare =
  /(?<![^\s:`"'<>|*?,;!=（）「」、。，：；“”‘’…])[^\s:`"'<>|*?,;!=（）「」、。，：；“”‘’…]+:(\d{1,9})(?:[-–](\d{1,9}))?(?::\d{1,9}(?:-\d{1,9})?)?(?![\p{L}\p{N}_])/gu;
const extension = /\.[A-Za-z][\w-]*$/;
/** After a path, what makes it a longer one; a full stop may end a sentence. */
const continues = /^(?:[\p{L}\p{N}_/@-]|\.[\p{L}\p{N}_])/u;
const scheme = /^[a-z][a-z0-9+.-]+:/i;
const hostLike =
  /^(?:www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|edu|gov|ai|co|cloud|lan|local|internal|localhost|example|invalid|test)(?:\/|$))/i;

/** What stands behind the agent's name in a bracket: path and lines, split at the last `:digits`; null where it is no path. */
export function readPath(written: string): PathLines | null {
  const text = unescaped(written.trim());
  const lines = lastLines.exec(text);
  if (lines !== null) return pathLines(lines[1] ?? '', lines[2], lines[3]);
  return looksLikePath(text) && !/\s/.test(text) ? { path: text, line: null, endLine: null } : null;
}

/** Every `path:line` and `path:line-line` in a text, with a `/` or a file extension: no URLs, no times. A column is left out. */
export function readBare(text: string): readonly BarePath[] {
  return [...text.matchAll(bare)].flatMap((match) => {
    const [written, line, endLine] = match;
    const token = written.slice(0, written.indexOf(':'));
    const skipped = unmatchedOpeners(token);
    const path = unescaped(token.slice(skipped));
    if (text[match.index - 1] === ':' || !looksLikePath(path)) return [];
    const range = withBrackets(text, match.index + skipped, match.index + written.length);
    return [{ ...pathLines(path, line, endLine), ...range }];
  });
}

/** A link's target that names lines of a file: `src/a.ts:42`, `src/a.ts#L42-L57`; null for any other. */
export function readTarget(url: string): PathLines | null {
  const path = decoded(url.replace(/^file:\/\//i, ''));
  if (scheme.test(path.replace(/:\d+(?:-\d+)?$/, ''))) return null;
  const [, file = '', line, endLine] = /^(.+?)(?:#L|:)(\d{1,9})(?:-L?(\d{1,9}))?$/su.exec(path) ?? [];
  return looksLikePath(file) ? pathLines(file, line, endLine) : null;
}

/** Whether it begins like the name of a host, so that the digits behind it may be a port. */
export function isHostLike(path: string): boolean {
  return hostLike.test(path);
}

/**
 * Whether a text names a file: by its path relative to the directory, or by a longer one that leads through the directory. `path` is
 * relative, without `.` and `..`.
 */
export function namesFile(text: string, path: string, directory: string): boolean {
  const plain = unescaped(text);
  for (let at = plain.indexOf(path); at >= 0; at = plain.indexOf(path, at + 1)) {
    const rest = plain.slice(at + path.length, at + path.length + 2);
    const [before = ''] = /[^\s`"'<>|()[\]{},;:=*]*$/u.exec(plain.slice(Math.max(0, at - 1_000), at)) ?? [];
    if (!continues.test(rest) && leadsTo(before, directory)) return true;
  }
  return false;
}

/** `./`, the prefixes of a diff, the directory itself, or its last parts. */
function leadsTo(before: string, directory: string): boolean {
  if (before === '' || /^(?:\.|a|b)\/$/.test(before)) return true;
  const parts = before.replace(/^\.\//, '').replace(/\/$/, '');
  return before.endsWith('/') && (directory === parts || directory.endsWith(`/${parts}`));
}

function pathLines(path: string, line: string | undefined, endLine: string | undefined): PathLines {
  const first = Number(line);
  const last = endLine === undefined ? first : Number(endLine);
  return { path, line: first, endLine: last === first ? null : last };
}

function looksLikePath(text: string): boolean {
  return /\p{L}/u.test(text) && (text.includes('/') || extension.test(text)) && !text.startsWith('//');
}

/** How many brackets at the beginning are closed nowhere in the token: those of the sentence, not of the path. */
function unmatchedOpeners(token: string): number {
  let skipped = 0;
  while (/^[([{]/.test(token.slice(skipped)) && !isBalanced(token.slice(skipped))) skipped++;
  return skipped;
}

function isBalanced(text: string): boolean {
  return count(text, /[([{]/g) === count(text, /[)\]}]/g);
}

/** `[src/a.ts:42]` is replaced with its brackets. */
function withBrackets(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const isBracketed = text[start - 1] === '[' && text[end] === ']' && text[end + 1] !== '(';
  return isBracketed ? { start: start - 1, end: end + 1 } : { start, end };
}

/** Without markdown's backslashes. */
function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
