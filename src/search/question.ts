import { type Analyzer, isStopWord, partsOf, stemOf } from './terms.ts';

/** What a person wants to know, as the index can be asked for it. */
export interface Query {
  readonly terms: readonly QueryTerm[];
  /** "what is", "why does": documents explain that; otherwise code shows how it behaves. */
  readonly wantsDocs: boolean;
}

export interface QueryTerm {
  readonly term: string;
  /** How much the question depends on it: 1 for a plain word. */
  readonly weight: number;
}

/** Words that turn up in questions about any code base and say little about which part is meant. */
const GENERAL_WORDS = new Set(
  (
    'add allow also always avoid away bug call change check code correct correctly create deal ensure even file fix fixed fixes get give ' +
    'handle handled handles happen implement improve instead issue like make need new now please possible prevent problem project properly ' +
    'remove resolve return set should show support tell thing throw update use used user using way work works wrong feat chore refactor ' +
    'each find explain describe'
  ).split(' '),
);

const IDENTIFIER = /[\p{Ll}\p{N}][\p{Lu}]|_|\w\.\w|\(\)|^\p{Lu}{2,}/u;

/** Reads a question. Mentions of agents say who is asked, not what, and are left out. Pure. */
export function readQuestion(text: string, analyzer: Analyzer): Query {
  const asked = text.replace(/(^|[\s(,;])@[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu, '$1');
  const weights = new Map<string, number>();
  const note = (term: string, weight: number) => weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  for (const [word] of asked.matchAll(/`[^`\n]+`|[\p{L}\p{N}_$.()]+/gu)) {
    const weight = word.startsWith('`') || IDENTIFIER.test(word) ? 1.5 : 1;
    for (const term of analyzer.terms(word)) note(term, GENERAL_WORDS.has(word.toLowerCase()) ? 0.3 : weight);
  }
  for (const joined of joinedPairs(asked)) note(joined, 0.8);
  return {
    terms: [...weights].map(([term, weight]) => ({ term, weight })).slice(0, 64),
    wantsDocs: /^\s*(what('s| is| are| does)|why|which|explain|describe|is there|document)/i.test(asked),
  };
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
