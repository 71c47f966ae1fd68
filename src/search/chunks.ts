import { type LineRole, rolesOf } from './definitions.ts';
import { languageOf } from './kinds.ts';

/** A stretch of a file that belongs together: a definition with its comment, or a section of a document. Lines count from 1. */
export interface Chunk {
  readonly line: number;
  readonly endLine: number;
  /** What it defines or is headed by, for people; empty where nothing. */
  readonly title: string;
  readonly symbols: string;
  readonly prose: string;
  readonly code: string;
}

const SHORTEST = 8;
const LONGEST = 60;
/** More would not fit the numbering of chunks. */
const MOST_CHUNKS = 4_000;

/** Cuts a file's text into chunks that cover it without overlap. Pure. */
export function chunksOf(path: string, text: string): readonly Chunk[] {
  const lines = text.split('\n');
  const language = languageOf(path);
  const roles = rolesOf(lines, language);
  const starts = language === 'markdown' ? sectionStarts(roles) : blockStarts(roles);
  const headings = headingTrail(roles);
  return starts.slice(0, MOST_CHUNKS).map((start, index) => {
    const end = starts[index + 1] ?? lines.length;
    return describeChunk(lines, roles, start, end, headings(start));
  });
}

/** Documents are cut at headings, and long sections at blank lines. */
function sectionStarts(roles: readonly LineRole[]): readonly number[] {
  const starts = [0];
  for (const [index, role] of roles.entries()) {
    const length = index - (starts.at(-1) ?? 0);
    const afterBlank = index > 0 && roles[index - 1]?.blank === true;
    if (length > 0 && (role.heading !== null || (length >= LONGEST / 2 && afterBlank) || length >= LONGEST))
      starts.push(index);
  }
  return starts;
}

/** Code is cut before definitions (and the comment above them) and at blank lines between outer statements. */
function blockStarts(roles: readonly LineRole[]): readonly number[] {
  const starts = [0];
  for (const index of roles.keys()) {
    const length = index - (starts.at(-1) ?? 0);
    if (length >= LONGEST || (length >= SHORTEST && isBoundary(roles, index, length))) starts.push(index);
  }
  return starts;
}

function isBoundary(roles: readonly LineRole[], index: number, length: number): boolean {
  const role = roles[index];
  const previous = roles[index - 1];
  if (role === undefined || previous === undefined || role.blank) return false;
  if (role.prose && previous.prose) return false;
  const opensDefinition = role.prose ? definesAfter(roles, index) : role.defines.length > 0 && !previous.prose;
  const outer = role.indent <= 4 || length >= LONGEST / 2;
  return (opensDefinition && outer) || (previous.blank && (role.indent === 0 || length >= LONGEST / 2));
}

/** Whether the comment that begins here stands above a definition. */
function definesAfter(roles: readonly LineRole[], index: number): boolean {
  for (let at = index; at < roles.length && at < index + LONGEST; at++) {
    const role = roles[at];
    if (role === undefined || role.blank) return false;
    if (!role.prose) return role.defines.length > 0;
  }
  return false;
}

/** For a line: the heading it stands under. */
function headingTrail(roles: readonly LineRole[]): (line: number) => string {
  const headings = roles.flatMap((role, line) => (role.heading === null ? [] : [{ line, text: role.heading }]));
  return (line) => headings.findLast((heading) => heading.line <= line)?.text ?? '';
}

function describeChunk(
  lines: readonly string[],
  roles: readonly LineRole[],
  start: number,
  end: number,
  heading: string,
): Chunk {
  const symbols: string[] = [];
  const prose: string[] = [];
  const code: string[] = [];
  for (let at = start; at < end; at++) {
    const line = lines[at] ?? '';
    symbols.push(...(roles[at]?.defines ?? []));
    (roles[at]?.prose === true ? prose : code).push(line);
  }
  return {
    line: start + 1,
    endLine: lastLineWithText(roles, start, end) + 1,
    title: heading === '' ? (symbols[0] ?? '') : heading,
    symbols: [heading, ...symbols].join(' ').trim(),
    prose: prose.join('\n'),
    code: code.join('\n'),
  };
}

function lastLineWithText(roles: readonly LineRole[], start: number, end: number): number {
  for (let at = end - 1; at > start; at--) if (roles[at]?.blank === false) return at;
  return start;
}
