import { basename } from 'node:path';
import type { AskOutcome } from '../../ledger/ledger.ts';
import { type LineRole, rolesOf } from '../../search/definitions.ts';
import { languageOf } from '../../search/kinds.ts';
import { type QueryTerm, readQuestion } from '../../search/question.ts';
import { type Analyzer, createAnalyzer } from '../../search/terms.ts';

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
  /** The best extracts of one reply, at most one for each file. */
  extract(outcome: AskOutcome, limit: number): readonly Extract[];
}

type Source = AskOutcome['sources'][number];

interface Reader {
  readonly analyzer: Analyzer;
  readonly wanted: ReadonlyMap<string, number>;
}

const LONGEST_SENTENCE = 240;
const LONGEST_CODE = 120;
const LONGEST_PARAGRAPH = 600;
const WINDOW_LINES = 6;
/** What each file further behind counts less, and how much of the best one's worth is worth showing. */
const RANK_FADE = 0.82;
const WORTH_SHOWING = 0.35;

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
 * Sources come best file first: of each file the passage that speaks most of what is wanted, and of those the best. What stands
 * further behind has to speak of it more.
 */
function fromSources(sources: readonly Source[], limit: number, reader: Reader): readonly Extract[] {
  const files = [...Map.groupBy(sources, (source) => source.path).values()];
  const best = files.flatMap((passages, position) => {
    const rated = passages.map((source) => ({
      source,
      worth: weightOf(source.excerpt, reader) * RANK_FADE ** position,
    }));
    return rated.toSorted((one, other) => other.worth - one.worth).slice(0, 1);
  });
  const ranked = best.toSorted((one, other) => other.worth - one.worth);
  const enough = (ranked[0]?.worth ?? 0) * WORTH_SHOWING;
  return ranked
    .filter(({ worth }, index) => index === 0 || worth >= enough)
    .slice(0, limit)
    .map(({ source }) => extractFrom(source, reader));
}

/** What the passage defines, the sentence about it that fits best, and the lines of code that fit best. */
function extractFrom(source: Source, reader: Reader): Extract {
  const lines = source.excerpt.split('\n');
  const language = languageOf(source.path);
  const roles = rolesOf(lines, language);
  const sentence = bestSentence(lines, roles, reader);
  const window = bestWindow(lines, roles, reader);
  const code = window === null ? null : dedented(lines.slice(window.start, window.end));
  const name = definitionAt(roles, window?.start ?? 0);
  const text = [
    ...(name === undefined ? [] : [inlineCode(name)]),
    ...(sentence === null ? [] : [escapeMarkdown(sentence)]),
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

/** Comments and prose are read as running text. */
function bestSentence(lines: readonly string[], roles: readonly LineRole[], reader: Reader): string | null {
  const prose = lines.map((line, index) => (roles[index]?.prose === true ? stripMarks(line) : '\n')).join(' ');
  const sentences = prose
    .split(/\n+|(?<=[.!?:])\s+(?=[\p{Lu}`'"])/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length > 10);
  const best = bestOf(sentences, reader);
  return best === null ? null : shorten(sentences[best] ?? '', LONGEST_SENTENCE);
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

/** The few lines of code in a row that say most of what is wanted; null where none says any of it. `end` is exclusive. */
function bestWindow(
  lines: readonly string[],
  roles: readonly LineRole[],
  reader: Reader,
): { readonly start: number; readonly end: number } | null {
  const isProse = (index: number) => roles[index]?.prose === true || /^\s*(\/\*|\*|\/\/|#\s)/.test(lines[index] ?? '');
  const worths = lines.map((line, index) => (isProse(index) ? 0 : worthOf(line, reader)));
  let best = { start: 0, worth: 0 };
  for (let start = 0; start < lines.length; start += 1) {
    if ((worths[start] ?? 0) === 0) continue;
    const worth = worths.slice(start, start + WINDOW_LINES).reduce((sum, one) => sum + one, 0);
    if (worth > best.worth) best = { start, worth };
  }
  if (best.worth === 0) return null;
  const last = worths.findLastIndex((worth, index) => worth > 0 && index < best.start + WINDOW_LINES);
  // One line more than the last that counts, so that a condition shows what follows from it.
  let end = Math.min(lines.length, Math.max(last + 2, best.start + 3), best.start + WINDOW_LINES);
  while (end > best.start + 1 && (isProse(end - 1) || /^[\s)}\];,]*$/.test(lines[end - 1] ?? ''))) end -= 1;
  return { start: best.start, end };
}

/** The lines without the indent that they share. */
function dedented(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...filled.map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
  return lines.map((line) => shorten(line.slice(indent).trimEnd(), LONGEST_CODE));
}

/** Index of the text that says most of what is wanted; null where none says any of it. */
function bestOf(texts: readonly string[], reader: Reader): number | null {
  const worths = texts.map((text) => worthOf(text, reader));
  const best = Math.max(0, ...worths);
  return best === 0 ? null : worths.indexOf(best);
}

/** As `worthOf`, but saying it again counts too, ever less. */
function weightOf(text: string, { analyzer, wanted }: Reader): number {
  const counts = Map.groupBy(analyzer.terms(text), (term) => term);
  let weight = 0;
  for (const [term, found] of counts) weight += (wanted.get(term) ?? 0) * (1 + Math.log(found.length));
  return weight;
}

function worthOf(text: string, { analyzer, wanted }: Reader): number {
  let worth = 0;
  for (const term of new Set(analyzer.terms(text))) worth += wanted.get(term) ?? 0;
  return worth;
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

function stripMarks(line: string): string {
  return line
    .trim()
    .replace(/^(\/\*\*?|\*\/|\*|\/\/[/!]?|#+|"""|'''|<!--|--)\s?/, '')
    .replace(/\s*(\*\/|"""|'''|-->)$/, '')
    .replace(/^[-*+]\s+/, '');
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/\s+\S*$/, '')} …`;
}

/** Words of a repository or an agent are text: they set no link, no source, no emphasis. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\[\]<>*_~|#]/g, '\\$&').replaceAll('`', "'");
}

function inlineCode(text: string): string {
  const clean = shorten(text.trim().replaceAll('`', "'"), LONGEST_CODE);
  return `\`${clean}\``;
}
