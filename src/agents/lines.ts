import { StringDecoder } from 'node:string_decoder';
import { createExcerpt, type Excerpt } from './excerpt.ts';

/** What a chunk of output completed, in its order. */
export type Piece =
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | { readonly type: 'cut'; readonly head: string; readonly tail: string; readonly characters: number };

export interface LineSplitter {
  push(chunk: Buffer): readonly Piece[];
  /** What stood after the last line end. */
  end(): readonly Piece[];
}

export interface LineLimits {
  /** Characters a line may have and still be handed on whole. */
  readonly line: number;
  /** Characters kept of a longer one, from its beginning and its end together. */
  readonly kept: number;
}

const defaults: LineLimits = { line: 8 * 1024 * 1024, kept: 1024 * 1024 };

/**
 * Splits output into lines: UTF-8 may be split over chunks, bytes that are no UTF-8 become U+FFFD, NULs stay, line ends are `\n` or
 * `\r\n`. Takes any input in bounded memory: of a line over the limit only the beginning and the end are kept.
 */
export function createLineSplitter(limits: LineLimits = defaults): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let waiting: string[] = [];
  let characters = 0;
  let long: Excerpt | null = null;

  function keep(text: string): void {
    characters += text.length;
    if (long !== null) {
      long.add(text);
      return;
    }
    waiting.push(text);
    if (characters <= limits.line) return;
    long = createExcerpt(limits.kept);
    for (const part of waiting) long.add(part);
    waiting = [];
  }

  function finish(pieces: Piece[], lines: string[]): string[] {
    if (long === null) {
      lines.push(withoutReturn(waiting.join('')));
      waiting = [];
      characters = 0;
      return lines;
    }
    if (lines.length > 0) pieces.push({ type: 'lines', lines });
    pieces.push({ type: 'cut', head: long.head, tail: long.tail, characters });
    long = null;
    characters = 0;
    return [];
  }

  function split(text: string): readonly Piece[] {
    const pieces: Piece[] = [];
    let lines: string[] = [];
    let start = 0;
    let end = text.indexOf('\n');
    if (end >= 0 && (characters > 0 || end > limits.line)) {
      keep(text.slice(0, end));
      lines = finish(pieces, lines);
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    // Chunks are far smaller than a line may be, so from here on no line can be too long.
    for (; end >= 0; start = end + 1, end = text.indexOf('\n', start))
      lines.push(withoutReturn(text.slice(start, end)));
    if (start < text.length) keep(start === 0 ? text : text.slice(start));
    if (lines.length > 0) pieces.push({ type: 'lines', lines });
    return pieces;
  }

  return {
    push: (chunk) => split(decoder.write(chunk)),
    end() {
      const rest = decoder.end();
      if (rest !== '') keep(rest);
      if (characters === 0) return [];
      const pieces: Piece[] = [];
      const lines = finish(pieces, []);
      if (lines.length > 0) pieces.push({ type: 'lines', lines });
      return pieces;
    },
  };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
