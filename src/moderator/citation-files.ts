import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CitationProblem } from '../adapters/adapter.ts';

/** Lines of a file as cited: `line` null where none is named, `endLine` null for a single line. */
export interface CitedLines {
  readonly path: string;
  readonly line: number | null;
  readonly endLine: number | null;
}

export interface CheckedLines {
  /** Relative to the directory, where it lies in it. */
  readonly path: string;
  readonly reason: Exclude<CitationProblem, 'not-said-by-agent'> | null;
  /** The lines as they are: neither cleaned nor masked. Null without lines, or where there is a reason. */
  readonly excerpt: string | null;
}

type Found = Pick<CheckedLines, 'reason' | 'excerpt'>;

const chunkBytes = 64 * 1024;
/** Lines beyond this are not looked for, and no more than this is quoted (bytes). */
const longestFile = 64 * 1024 * 1024;
const longestExcerpt = 8_000;
const newline = 10;

/**
 * Whether a file and its lines exist inside a directory: not outside of it by `..`, by an absolute path or by a link. Never throws for
 * what it finds there; rejects when the signal aborts.
 */
export async function checkLines(directory: string, cited: CitedLines, signal?: AbortSignal): Promise<CheckedLines> {
  try {
    const base = await realpath(directory);
    const path = [directory, base].map((from) => relative(from, resolve(from, cited.path))).find(isInside);
    if (path === undefined) return { path: cited.path, reason: 'outside', excerpt: null };
    return { path, ...(await checkFile(base, resolve(base, path), cited, signal)) };
  } catch {
    signal?.throwIfAborted();
    return { path: cited.path, reason: 'no-such-file', excerpt: null };
  }
}

async function checkFile(base: string, file: string, cited: CitedLines, signal?: AbortSignal): Promise<Found> {
  const real = await realpath(file).catch(() => null);
  if (real === null) return { reason: 'no-such-file', excerpt: null };
  if (!isInside(relative(base, real))) return { reason: 'outside', excerpt: null };
  const { line } = cited;
  // Opening a pipe would wait for a writer, and a device may do anything.
  if (!(await stat(real)).isFile()) return { reason: 'no-such-file', excerpt: null };
  if (line === null) return { reason: null, excerpt: null };
  const last = cited.endLine ?? line;
  const quoted = line < 1 || last < line ? null : await readLines(real, line, last, signal);
  return quoted === null ? { reason: 'no-such-line', excerpt: null } : { reason: null, excerpt: quoted };
}

function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** The lines from the first to the last, counted from 1, cut where they are too long; null where the file ends before. */
async function readLines(file: string, first: number, last: number, signal?: AbortSignal): Promise<string | null> {
  const handle = await open(file, 'r');
  try {
    return await scanLines(handle, first, last, signal);
  } finally {
    await handle.close();
  }
}

async function scanLines(
  handle: FileHandle,
  first: number,
  last: number,
  signal?: AbortSignal,
): Promise<string | null> {
  const buffer = Buffer.alloc(chunkBytes);
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let current = 1;
  let hasText = false;
  for (let position = 0; position < longestFile; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) return current > last || (current === last && hasText) ? textOf(kept) : null;
    position += bytesRead;
    for (let start = 0; start < bytesRead; ) {
      const at = buffer.subarray(0, bytesRead).indexOf(newline, start);
      const end = at < 0 ? bytesRead : at + 1;
      if (current >= first && keptBytes <= longestExcerpt) {
        kept.push(Buffer.from(buffer.subarray(start, end)));
        keptBytes += end - start;
      }
      hasText = at < 0;
      if (at >= 0) current++;
      if (current > last) return textOf(kept);
      start = end;
    }
  }
  return null;
}

function textOf(kept: readonly Buffer[]): string {
  const bytes = Buffer.concat(kept);
  const text = bytes
    .subarray(0, longestExcerpt)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
    .replace(/\r?\n$/, '');
  return bytes.length > longestExcerpt ? `${text}…` : text;
}
