import type { LineRole } from '../../search/definitions.ts';
import { bestOf, type Reader, shorten, worthOf } from './reader.ts';

/** What people wrote about code, as running text. Pure. */

/** A stretch of comment or prose without a break. */
interface Paragraph {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly text: string;
}

const LONGEST = 600;
/** A comment right above what is shown is about it. */
const ABOVE = 1.4;
/** One elsewhere is worth saying when it has so much of what the lines that are shown have. */
const ELSEWHERE = 0.5;
const TAG = /^@(?!default)\w+/;
/** `{@link target}`, `{@link target label}` and `{@link target|label}`. */
const LINK = /\{@link(?:code|plain)?\s+([^\s|}]+)(?:[\s|]+([^}]+))?\}/g;
/** What tools read, and pictures: nothing that anybody says. */
const NOTHING_SAID = /^[#@]\s*source(Mapping)?URL=|^\[?!\[|^(eslint|biome|istanbul|prettier|ts)-|^istanbul ignore/i;

/** Also where an excerpt begins in the midst of a comment, and its opening is not to be seen. */
export function isComment(line: string, role: LineRole | undefined): boolean {
  return role?.prose === true || /^\s*(\/\*|\*[\s/]|\*$|\/\/|#\s)/.test(line);
}

/**
 * The paragraph outside the lines `shown` that speaks most to the question, whole where it is not too long: the reason often
 * stands a sentence away from the words that the question has. Null where none says any of it.
 */
export function bestParagraph(
  lines: readonly string[],
  roles: readonly LineRole[],
  shown: { readonly start: number; readonly end: number } | null,
  reader: Reader,
): string | null {
  const paragraphs = paragraphsIn(lines, roles).filter(
    ({ start }) => shown === null || start < shown.start || start >= shown.end,
  );
  // What stands elsewhere has to speak to the question by itself.
  const enough = shown === null ? 0 : ELSEWHERE * worthOf(lines.slice(shown.start, shown.end).join('\n'), reader);
  let best: { readonly paragraph: Paragraph; readonly worth: number } | null = null;
  for (const paragraph of paragraphs) {
    const isAbove = shown !== null && paragraph.end <= shown.start && shown.start - paragraph.end <= 1;
    const worth = worthOf(paragraph.text, reader) * (isAbove ? ABOVE : 1);
    if (worth > (best?.worth ?? 0) && (isAbove || worth >= enough)) best = { paragraph, worth };
  }
  return best === null ? null : around(withNext(best.paragraph, paragraphs), reader);
}

/** With the paragraphs of the same comment that follow, as far as they fit. */
function withNext(paragraph: Paragraph, all: readonly Paragraph[]): string {
  let { text, end } = paragraph;
  for (const next of all.slice(all.indexOf(paragraph) + 1)) {
    if (next.start - end > 1 || TAG.test(next.text) || TAG.test(text) || text.length + next.text.length >= LONGEST)
      break;
    text = `${text} ${next.text}`;
    end = next.end;
  }
  return text;
}

/** The sentence that says most, with those after it and then those before it, as far as they fit. */
function around(text: string, reader: Reader): string {
  if (text.length <= LONGEST) return text;
  const sentences = text.split(/(?<=[.!?:])\s+(?=[\p{Lu}`'"])/u);
  const centre = bestOf(sentences, reader) ?? 0;
  let [from, to] = [centre, centre + 1];
  const fits = (start: number, end: number) => sentences.slice(start, end).join(' ').length <= LONGEST;
  while (to < sentences.length && fits(from, to + 1)) to += 1;
  while (from > 0 && fits(from - 1, to)) from -= 1;
  return shorten(sentences.slice(from, to).join(' '), LONGEST);
}

function paragraphsIn(lines: readonly string[], roles: readonly LineRole[]): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let open: { start: number; parts: string[] } | null = null;
  const close = (end: number) => {
    const text = open === null ? '' : asRead(open.parts);
    if (open !== null && text.length > 10) found.push({ start: open.start, end, text });
    open = null;
  };
  for (const [index, line] of lines.entries()) {
    const said = isComment(line, roles[index]) ? withoutMarks(line) : '';
    if (said === '' || NOTHING_SAID.test(said)) {
      close(index);
      continue;
    }
    if (TAG.test(said)) close(index);
    open ??= { start: index, parts: [] };
    open.parts.push(said);
  }
  close(lines.length);
  return found;
}

function asRead(parts: readonly string[]): string {
  const text = parts.join(' ').replace(/\s+/g, ' ').trim();
  return text.replace(LINK, (_, target: string, label: string | undefined) => label ?? target);
}

function withoutMarks(line: string): string {
  return line
    .trim()
    .replace(/^(\/\*\*?|\*\/|\*|\/\/[/!]?|#+|"""|'''|<!--|--)\s?/, '')
    .replace(/\s*(\*\/|"""|'''|-->)$/, '')
    .replace(/^[-*+]\s+/, '')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .trim();
}
