import type { Analyzer } from './terms.ts';

/** Lines of a file that answer a question. Lines count from 1. */
export interface Passage {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

const LONGEST_PASSAGE = 24;
const SIMILAR = 0.7;

/**
 * Narrows a chunk to the stretch that speaks most to the query: the chunk itself where it is short, else the window of
 * lines whose terms weigh most. `wanted` tells what each term is worth. Pure.
 */
export function passageIn(
  lines: readonly string[],
  chunk: { readonly line: number; readonly endLine: number },
  wanted: ReadonlyMap<string, number>,
  analyzer: Analyzer,
): Passage {
  const first = Math.max(1, chunk.line);
  const last = Math.min(lines.length, Math.max(first, chunk.endLine));
  if (last - first < LONGEST_PASSAGE) return trim(lines, first, last);
  const found = lines
    .slice(first - 1, last)
    .map((line) => new Set(analyzer.terms(line).filter((term) => wanted.has(term))));
  let best = { start: 0, worth: -1 };
  for (let start = 0; start + LONGEST_PASSAGE <= found.length; start++) {
    const worth = worthOf(found.slice(start, start + LONGEST_PASSAGE), wanted);
    if (worth > best.worth) best = { start, worth };
  }
  return trim(lines, first + best.start, first + best.start + LONGEST_PASSAGE - 1);
}

/** Each term counts fully once and a little every further time. */
function worthOf(window: readonly ReadonlySet<string>[], wanted: ReadonlyMap<string, number>): number {
  const times = new Map<string, number>();
  for (const terms of window) for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1);
  let worth = 0;
  for (const [term, count] of times) worth += ((wanted.get(term) ?? 0) * count) / (0.5 + count);
  return worth;
}

function trim(lines: readonly string[], first: number, last: number): Passage {
  let line = first;
  let endLine = last;
  while (line < endLine && (lines[line - 1] ?? '').trim() === '') line++;
  while (endLine > line && (lines[endLine - 1] ?? '').trim() === '') endLine--;
  return { line, endLine, text: lines.slice(line - 1, endLine).join('\n') };
}

/** Recognises passages that were seen before, also where a bundle differs in a few lines. */
export function createCopyFilter(): (text: string) => boolean {
  const seen: string[] = [];
  return (text) => {
    const isCopy = seen.some((other) => areCopies(text, other));
    if (!isCopy) seen.push(text);
    return isCopy;
  };
}

/** Whether the shorter of two passages stands in the other, but for quotes, spaces and a line here and there. */
export function areCopies(one: string, other: string): boolean {
  const [lines, others] = [tellingLines(one), tellingLines(other)];
  const shared = [...lines].filter((line) => others.has(line)).length;
  return shared > 0 && shared >= SIMILAR * Math.min(lines.size, others.size);
}

function tellingLines(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split('\n')
      .map((line) => line.replace(/[\s;'"]+/g, ''))
      .filter((line) => line.length > 1),
  );
}
