import type { AskOutcome } from '../../ledger/ledger.ts';
import { type LineRole, rolesOf } from '../../search/definitions.ts';
import { languageOf } from '../../search/kinds.ts';
import { type QueryTerm, readQuestion } from '../../search/question.ts';
import { type Analyzer, createAnalyzer } from '../../search/terms.ts';

/** Something an agent said or found, in its own words, and where. Markdown; `path` is null where no file applies. */
export interface Extract {
  readonly text: string;
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

/** Takes out of replies what speaks to a question. Pure. */
export function createExtractor(question: string): Extractor {
  const analyzer = createAnalyzer();
  const wanted = new Map(readQuestion(question, analyzer).terms.map(({ term, weight }: QueryTerm) => [term, weight]));
  const reader = { analyzer, wanted };
  return {
    extract(outcome, limit) {
      if (outcome.sources.length > 0) return fromSources(outcome.sources, limit, reader);
      return outcome.result.text === null ? [] : fromText(outcome.result.text, limit, reader);
    },
  };
}

/** Sources come best file first; the best passage of each file is taken until there are enough. */
function fromSources(sources: readonly Source[], limit: number, reader: Reader): readonly Extract[] {
  const best = [...Map.groupBy(sources, (source) => source.path).values()].flatMap((passages) => {
    const extracts = passages.map((source) => ({ source, worth: worthOf(source.excerpt, reader) }));
    return extracts.sort((a, b) => b.worth - a.worth).slice(0, 1);
  });
  const worthwhile = best.filter(({ worth }) => worth > 0);
  const more = worthwhile.length < limit ? sources.filter((source) => !best.some((one) => one.source === source)) : [];
  return [...worthwhile.map(({ source }) => source), ...more]
    .slice(0, limit)
    .map((source) => extractFrom(source, reader));
}

/** What the passage defines, the sentence about it that fits best, and the line of code that fits best. */
function extractFrom(source: Source, reader: Reader): Extract {
  const lines = source.excerpt.split('\n');
  const roles = rolesOf(lines, languageOf(source.path));
  const name = roles.flatMap((role) => role.defines)[0];
  const sentence = bestSentence(lines, roles, reader);
  const code = bestCode(lines, roles, reader);
  const parts = [
    ...(sentence === null ? [] : [escapeMarkdown(sentence)]),
    ...(code === null ? [] : [inlineCode(lines[code] ?? '')]),
  ];
  const text = parts.length === 0 ? inlineCode(lines.find((line) => line.trim() !== '') ?? '') : parts.join(' ');
  const prefix = name === undefined ? '' : `${inlineCode(name)}: `;
  return { text: `${prefix}${text}`, path: source.path, line: source.line, endLine: source.endLine };
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

function bestCode(lines: readonly string[], roles: readonly LineRole[], reader: Reader): number | null {
  return bestOf(
    lines.map((line, index) => (roles[index]?.prose === true ? '' : line)),
    reader,
  );
}

/** Index of the text that says most of what is wanted; null where none says any of it. */
function bestOf(texts: readonly string[], reader: Reader): number | null {
  const worths = texts.map((text) => worthOf(text, reader));
  const best = Math.max(0, ...worths);
  return best === 0 ? null : worths.indexOf(best);
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
