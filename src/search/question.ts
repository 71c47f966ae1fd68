import { type Analyzer, isStopWord, partsOf, stemOf } from './terms.ts';

/** What a person wants to know, as the index can be asked for it. */
export interface Query {
  readonly terms: readonly QueryTerm[];
  /** Terms that stand for a whole identifier that the question writes out: `pass_obj`, `Context.Next()`. */
  readonly identifiers: ReadonlySet<string>;
  /** The part of the project that a title names before its colon: "cookie: …", "fix(cookie): …", "[cookie] …". */
  readonly area: readonly string[];
  /** "what is", "why does": documents explain that; otherwise code shows how it behaves. */
  readonly wantsDocs: boolean;
  /** Asks for something, rather than naming or reporting it. */
  readonly isQuestion: boolean;
  /** Says that something was mended, or has to be: it is there, then. */
  readonly isRepair: boolean;
  /** About releases or licences: what has changed since when, and what one may do. */
  readonly wantsRecords: boolean;
}

export interface QueryTerm {
  readonly term: string;
  /** How much the question depends on it: 1 for a plain word. */
  readonly weight: number;
  /** Two neighbouring words as one: it may speak for a file, but nobody has to have it. */
  readonly isPair: boolean;
}

/** Words that turn up in questions about any code base, in any form, and say little about which part is meant. */
const GENERAL_STEMS = new Set(
  (
    'add allow also always avoid away bug call change check chore code correct correctly create deal describe each ensure even explain feat ' +
    'file find fix fixed fixes get give handle handled handles happen implement improve instead issue like make need new now please possible ' +
    'prevent problem project properly refactor remove resolve return set should show support tell thing throw update use used user using way ' +
    'work works wrong'
  )
    .split(' ')
    .map(stemOf),
);

const GENERAL_WEIGHT = 0.15;
const IDENTIFIER_WEIGHT = 1.5;
const PAIR_WEIGHT = 0.4;
const MOST_TERMS = 64;
const LONGEST_QUESTION = 8_000;

const WORD = /[\p{L}\p{N}_$.]*[\p{L}\p{N}_$](?:\(\))?/gu;
const MENTION = /(^|[\s(,;])@[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu;
const LOOKS_LIKE_CODE = /[\p{Ll}\p{N}]\p{Lu}|_|\$|^\p{Lu}{2,}/u;
const AREA = /^\s*(?:\w+\(([^)]+)\)!?\s*:|\[([^\]]+)\]|([\w./*-]+)!?\s*:)/;
const QUESTION =
  /\?\s*$|^\s*(how|where|why|what|when|which|who|whose|is|are|does|do|did|can|could|should|will|has|have|explain|describe|compare|show|tell|list|find)\b/i;
const REPAIR = /\b(fix(e[sd])?|bug(fix)?|regression)\b/i;
const NO_AREA = /^(fix|fixed|fixes|feat|bug|bugfix|chore|refactor|question|note)$/i;

/** Reads a question. Mentions of agents say who is asked, not what, and are left out. Pure. */
export function readQuestion(text: string, analyzer: Analyzer): Query {
  const asked = text.slice(0, LONGEST_QUESTION).replace(MENTION, '$1');
  const weights = new Map<string, number>();
  const note = (term: string, weight: number) => weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  const quoted = new Set([...asked.matchAll(/`([^`\n]+)`/g)].flatMap(([, inside]) => inside?.match(WORD) ?? []));
  const identifiers = new Set<string>();
  for (const [word] of asked.matchAll(WORD)) {
    const isCode = quoted.has(word) || word.endsWith('()') || LOOKS_LIKE_CODE.test(word) || /\w\.\w/.test(word);
    const weight = GENERAL_STEMS.has(stemOf(word.toLowerCase())) ? GENERAL_WEIGHT : isCode ? IDENTIFIER_WEIGHT : 1;
    for (const term of analyzer.terms(word)) note(term, weight);
    if (isCode) for (const part of word.split('.')) noteIdentifier(part, analyzer, identifiers);
  }
  const words = new Set(weights.keys());
  for (const pair of joinedPairs(asked)) note(pair, PAIR_WEIGHT);
  return {
    terms: [...weights].slice(0, MOST_TERMS).map(([term, weight]) => ({ term, weight, isPair: !words.has(term) })),
    identifiers,
    area: areaOf(asked, analyzer),
    isQuestion: QUESTION.test(asked),
    isRepair: REPAIR.test(asked),
    wantsRecords:
      /\b(change ?logs?|changes|releases?d?|versions?|licen[cs]e[sd]?|copyright|authors?|introduced|deprecated|since|migrat\w+|upgrad\w+|breaking)\b/i.test(
        asked,
      ),
    wantsDocs: /^\s*(what('s| is| are| does)|why|which|explain|describe|is there|document)/i.test(asked),
  };
}

/** The last term of an identifier is the whole of it. */
function noteIdentifier(part: string, analyzer: Analyzer, identifiers: Set<string>): void {
  const whole = analyzer.terms(part).at(-1);
  if (whole !== undefined) identifiers.add(whole);
}

/** Neighbouring words as one: people write "rate limit" where code has `rateLimit`. */
function joinedPairs(text: string): string[] {
  const words = [...text.matchAll(/[\p{L}\p{N}_$]+/gu)].flatMap(([word]) => partsOf(word));
  return words.slice(1).flatMap((word, index) => {
    const previous = words[index] ?? '';
    if (previous.length < 2 || word.length < 2 || isStopWord(previous) || isStopWord(word)) return [];
    return previous.length + word.length <= 40 ? [stemOf(previous + word)] : [];
  });
}

function areaOf(text: string, analyzer: Analyzer): readonly string[] {
  const match = AREA.exec(text);
  const area = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  return NO_AREA.test(area) ? [] : [...new Set(analyzer.terms(area))];
}
