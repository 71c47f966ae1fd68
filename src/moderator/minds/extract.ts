import { basename } from 'node:path';
import type { AskOutcome } from '../../ledger/ledger.ts';
import { type LineRole, rolesOf } from '../../search/definitions.ts';
import { type FileKind, kindOf, languageOf } from '../../search/kinds.ts';
import { type QueryTerm, readQuestion } from '../../search/question.ts';
import { createAnalyzer } from '../../search/terms.ts';
import { bestParagraph, isComment } from './comment.ts';
import { type Reader, shorten, weightOf, worthOf } from './reader.ts';

/** Something an agent said or found, in its own words, and where. Markdown; `path` is null where no file applies. */
export interface Extract {
  readonly text: string;
  /** Lines of code to be shown under it; null where there are none. */
  readonly code: { readonly language: string; readonly lines: readonly string[] } | null;
  readonly path: string | null;
  readonly line: number;
  readonly endLine: number;
}

export interface Extractor {
  /** The best extracts of one reply: at most one for each file, and two of the best. */
  extract(outcome: AskOutcome, limit: number): readonly Extract[];
}

type Source = AskOutcome['sources'][number];

const LONGEST_CODE = 120;
const LONGEST_PARAGRAPH = 600;
const LINES_OF_FIRST = 14;
const LINES_OF_OTHERS = 8;
/** What a word in a comment counts when lines are chosen. */
const COMMENT_SHARE = 0.5;
/** What the second passage of a file counts less. */
const PASSAGE_FADE = 0.8;
const DECLARATION = /\.d\.[mc]?ts$|\.pyi$/;
/** What each file further behind counts less, and how much of the best one's worth is worth showing. */
const RANK_FADE = 0.72;
const WORTH_SHOWING = 0.35;
/** The same for the second passage of the best file. */
const WORTH_SHOWING_TOO = 0.5;
/** What seldom says how something behaves, and what it counts. */
const ASIDE: ReadonlySet<FileKind> = new Set<FileKind>(['config', 'data', 'changelog', 'test']);
const ASIDE_SHARE = 0.5;

/** Takes out of replies what speaks to a question. Pure. */
export function createExtractor(question: string): Extractor {
  const analyzer = createAnalyzer();
  const wanted = new Map(readQuestion(question, analyzer).terms.map(({ term, weight }: QueryTerm) => [term, weight]));
  const reader = { analyzer, wanted };
  return {
    extract(outcome, limit) {
      if (outcome.sources.length > 0) return fromSources(outcome.sources, limit, amongSources(outcome.sources, reader));
      return outcome.result.text === null ? [] : fromText(outcome.result.text, limit, reader);
    },
  };
}

/** A word that all passages have does not tell them apart; one that few have is what the question is about. */
function amongSources(sources: readonly Source[], { analyzer, wanted }: Reader): Reader {
  const holding = new Map<string, number>();
  for (const { path, excerpt } of sources) {
    for (const term of new Set(analyzer.terms(`${path} ${excerpt}`))) holding.set(term, (holding.get(term) ?? 0) + 1);
  }
  const rarity = (term: string) => Math.log(1 + sources.length / Math.max(1, holding.get(term) ?? 0));
  return { analyzer, wanted: new Map([...wanted].map(([term, weight]) => [term, weight * rarity(term)])) };
}

/**
 * Sources come best file first, and in each file the best passage: of each file the passage that speaks most of what is wanted,
 * and of those the best; of the best file the other one too, where it speaks nearly as much. What stands further behind has to
 * speak of it more.
 */
function fromSources(sources: readonly Source[], limit: number, reader: Reader): readonly Extract[] {
  const files = [...Map.groupBy(implementations(sources), (source) => source.path).values()];
  const rated = files.map((passages, position) => {
    const share = RANK_FADE ** position * (ASIDE.has(kindOf(passages[0]?.path ?? '')) ? ASIDE_SHARE : 1);
    const worths = passages.map((source, place) => ({
      source,
      worth: weightOf(source.excerpt, reader) * share * PASSAGE_FADE ** place,
    }));
    return worths.toSorted((one, other) => other.worth - one.worth);
  });
  const ranked = rated.toSorted(([one], [other]) => (other?.worth ?? 0) - (one?.worth ?? 0));
  const best = ranked[0]?.[0]?.worth ?? 0;
  const chosen = ranked.flatMap(([first, second], index) => [
    ...(first !== undefined && (index === 0 || first.worth >= best * WORTH_SHOWING) ? [first] : []),
    ...(second !== undefined && index === 0 && second.worth >= best * WORTH_SHOWING_TOO ? [second] : []),
  ]);
  return chosen
    .slice(0, limit)
    .map(({ source }, index) => extractFrom(source, index === 0 ? LINES_OF_FIRST : LINES_OF_OTHERS, reader));
}

/** A declaration says that something is there, not what it does: it is shown where there is nothing else. */
function implementations(sources: readonly Source[]): readonly Source[] {
  const code = sources.filter(({ path }) => !DECLARATION.test(path));
  return code.length === 0 ? sources : code;
}

/** What the passage defines, the comment that fits best, and the lines of code that fit best. */
function extractFrom(source: Source, length: number, reader: Reader): Extract {
  const lines = source.excerpt.split('\n');
  const language = languageOf(source.path);
  const roles = rolesOf(lines, language);
  // Documents speak for themselves; their examples are shown where nothing is said.
  const words = language === 'markdown' ? bestParagraph(lines, roles, null, reader) : null;
  const window = words === null ? bestWindow(lines, roles, length, reader) : null;
  const said = words ?? bestParagraph(lines, roles, window, reader);
  const code = window === null ? null : dedented(lines.slice(window.start, window.end));
  const name = definitionAt(roles, window?.start ?? 0);
  const text = [
    ...(name === undefined ? [] : [inlineCode(name)]),
    ...(said === null ? [] : [escapeMarkdown(said)]),
  ].join(': ');
  return {
    text:
      text === ''
        ? inlineCode(code === null ? (lines.find((line) => line.trim() !== '') ?? '') : basename(source.path))
        : text,
    code: code === null ? null : { language: /\.([a-z0-9]{1,8})$/i.exec(source.path)?.[1] ?? '', lines: code },
    path: source.path,
    line: source.line,
    endLine: source.endLine,
  };
}

/** What is defined where the shown lines begin: there, else the nearest before them, else the first in the passage. */
function definitionAt(roles: readonly LineRole[], start: number): string | undefined {
  const defined = roles.map((role) => role.defines[0]);
  return (
    defined[start] ??
    defined.slice(0, start).findLast((name) => name !== undefined) ??
    defined.find((name) => name !== undefined)
  );
}

/**
 * The lines in a row that say most of what is wanted, from code to code, with the comments between; null where no line of code
 * says any of it. `end` is exclusive.
 */
function bestWindow(
  lines: readonly string[],
  roles: readonly LineRole[],
  length: number,
  reader: Reader,
): { readonly start: number; readonly end: number } | null {
  const isProse = (index: number) => isComment(lines[index] ?? '', roles[index]);
  const isEmpty = (index: number) => /^[\s)}\];,]*$/.test(lines[index] ?? '');
  const worths = lines.map((line, index) => worthOf(line, reader) * (isProse(index) ? COMMENT_SHARE : 1));
  let best = { start: 0, worth: 0 };
  for (let start = 0; start < lines.length; start += 1) {
    const all = lines.slice(start, start + length).map((_, offset) => start + offset);
    if ((worths[start] ?? 0) === 0 || !all.some((index) => !isProse(index) && (worths[index] ?? 0) > 0)) continue;
    const worth = all.reduce((sum, index) => sum + (worths[index] ?? 0), 0);
    if (worth > best.worth) best = { start, worth };
  }
  if (best.worth === 0) return null;
  const last = worths.findLastIndex((worth, index) => worth > 0 && index < best.start + length);
  // A line or two more than the last that counts, so that a condition shows what follows from it.
  let end = Math.min(lines.length, Math.max(last + 3, best.start + 4), best.start + length);
  while (end > best.start + 1 && (isProse(end - 1) || isEmpty(end - 1))) end -= 1;
  let { start } = best;
  while (start < end - 1 && isProse(start)) start += 1;
  return { start, end };
}

/** The lines without the indent that they share. */
function dedented(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...filled.map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
  return lines.map((line) => shorten(line.slice(indent).trimEnd(), LONGEST_CODE));
}

/** Replies of other providers: the paragraphs that say most of what is wanted, word for word. */
function fromText(text: string, limit: number, reader: Reader): readonly Extract[] {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '' && !/^(#|```|~~~|---)/.test(paragraph));
  const chosen = paragraphs
    .map((paragraph, position) => ({ paragraph, position, worth: worthOf(paragraph, reader) }))
    .sort((a, b) => b.worth - a.worth || a.position - b.position)
    .slice(0, limit)
    .sort((a, b) => a.position - b.position);
  return chosen.map(({ paragraph }) => {
    const place = /([\w@./-]*\w[\w@./-]*):(\d+)(?:-(\d+))?/.exec(paragraph);
    const line = Number(place?.[2] ?? 0);
    const clean = paragraph.replace(/^[-*+]\s+/, '').replace(/\s+/g, ' ');
    return {
      text: escapeMarkdown(shorten(clean, LONGEST_PARAGRAPH)),
      code: null,
      path: place?.[1] ?? null,
      line,
      endLine: Number(place?.[3] ?? line),
    };
  });
}

/**
 * Words of a repository or an agent are text: they set no link, no source, no emphasis. Addresses stay as they are: in one a backslash
 * would be part of it.
 */
function escapeMarkdown(text: string): string {
  const parts = text.replaceAll('`', "'").split(/(https?:\/\/[^\s<>[\]{}|\\)']+)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\[\]<>*_~|#]/g, '\\$&'))).join('');
}

function inlineCode(text: string): string {
  const clean = shorten(text.trim().replaceAll('`', "'"), LONGEST_CODE);
  return `\`${clean}\``;
}
