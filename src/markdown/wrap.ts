import stringWidth from 'string-width';
import { plainText, type Span } from './spans.ts';

/** One line of what is shown. */
export type Line = readonly Span[];

interface Word {
  readonly spans: readonly Span[];
  readonly width: number;
  /** The space before it, in its own style; null where a line may break without one. */
  readonly space: Span | null;
}

const ascii = /^[ -~]*$/;
const graphemes = new Intl.Segmenter();
/** Words, spaces, hard breaks; a letter of a script without spaces is a word of its own. */
const tokens =
  /\n|[^\S\n]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Columns that a line takes. */
export function widthOf(line: Line): number {
  const text = plainText(line);
  return ascii.test(text) ? text.length : stringWidth(text);
}

/** Spans as lines of at most `width` columns (at least one character each): broken at spaces, inside a word only where it is longer than a line. */
export function wrap(spans: readonly Span[], width: number): readonly Line[] {
  return hardLines(spans).flatMap((line) => wrapLine(line, Math.max(1, width)));
}

/** Spans as the lines that their newlines make. */
export function hardLines(spans: readonly Span[]): readonly Line[] {
  const lines: Span[][] = [[]];
  for (const span of spans) {
    for (const [index, text] of span.text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...span, text });
    }
  }
  return lines;
}

function wrapLine(spans: Line, width: number): readonly Line[] {
  const text = plainText(spans);
  if (text.trim() === text && widthOf(spans) <= width) return [joined(spans)];
  const lines: Span[][] = [[]];
  let used = 0;
  for (const word of wordsOf(spans)) {
    const space = used > 0 && word.space !== null ? word.space : null;
    const gap = space === null ? 0 : widthOf([space]);
    if (used > 0 && used + gap + word.width > width) {
      lines.push([]);
      used = 0;
    } else if (space !== null) {
      lines.at(-1)?.push(space);
      used += gap;
    }
    for (const piece of word.width > width ? word.spans.flatMap(letters) : word.spans) {
      const wide = widthOf([piece]);
      if (used > 0 && used + wide > width && word.width > width) {
        lines.push([]);
        used = 0;
      }
      lines.at(-1)?.push(piece);
      used += wide;
    }
  }
  return lines.map(joined);
}

function wordsOf(spans: Line): readonly Word[] {
  const words: { spans: Span[]; space: Span | null }[] = [];
  let space: Span | null = null;
  let continues = false;
  for (const span of spans) {
    for (const [text] of span.text.matchAll(tokens)) {
      const piece = { ...span, text };
      const last = words.at(-1);
      if (/^\s/.test(text)) {
        space = lengthened(space, piece);
        continues = false;
      } else if (continues && last !== undefined && !unspaced.test(text)) {
        last.spans.push(piece);
      } else {
        words.push({ spans: [piece], space });
        space = null;
        continues = !unspaced.test(text);
      }
    }
  }
  return words.map((word) => ({ ...word, width: widthOf(word.spans) }));
}

function lengthened(space: Span | null, more: Span): Span {
  return space === null ? more : { ...space, text: space.text + more.text };
}

function letters(span: Span): readonly Span[] {
  return [...graphemes.segment(span.text)].map(({ segment }) => ({ ...span, text: segment }));
}

/** Neighbours of the same style are one span again. */
function joined(spans: readonly Span[]): Line {
  const line: Span[] = [];
  for (const span of spans) {
    const last = line.at(-1);
    const isSame = last !== undefined && last.href === span.href && last.styles.join() === span.styles.join();
    if (isSame) line[line.length - 1] = { ...last, text: last.text + span.text };
    else line.push(span);
  }
  return line;
}
