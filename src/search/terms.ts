import { stemmer } from 'stemmer';

/** Words that carry no meaning of their own; kept out of the index and of questions alike. */
const STOP_WORDS = new Set(
  (
    'a an and any are as at be been being but by can could did do does doing done for from had has have having he her his how ' +
    'i if in into is it its itself just let me more most my no nor not of off on once only or our out over own same she should so ' +
    'some such than that the their them then there these they this those through to too under until up us very was we were what ' +
    'when where which while who whom why will with would you your'
  ).split(' '),
);

const WORD = /[\p{L}\p{N}_$]+/gu;
const PART_BOUNDARY = /[_$]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const UNSPACED_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const LONGEST_TERM = 40;
const CACHED_WORDS = 200_000;

/** Turns text into the terms that the index knows. One per worker: it remembers words it has seen. */
export interface Analyzer {
  /** Terms in order of appearance: the stemmed parts of every word, and the whole of each identifier that has several parts. */
  terms(text: string): string[];
}

/** @returns an analyzer with an empty memory */
export function createAnalyzer(): Analyzer {
  const known = new Map<string, readonly string[]>();
  return {
    terms(text) {
      const found: string[] = [];
      for (const [word] of text.matchAll(WORD)) {
        let terms = known.get(word);
        if (terms === undefined) {
          terms = termsOfWord(word);
          if (known.size >= CACHED_WORDS) known.clear();
          known.set(word, terms);
        }
        for (const term of terms) found.push(term);
      }
      return found;
    },
  };
}

/** The parts of an identifier, in lower case: `getHTTPResponse_code` → get, http, response, code. */
export function partsOf(word: string): string[] {
  return word
    .split(PART_BOUNDARY)
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase());
}

/** Whether a word says nothing alone ("how", "the"). Expects lower case. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** One word in the form in which the index keeps it. Expects lower case. */
export function stemOf(word: string): string {
  return /^[a-z]+$/.test(word) ? stemmer(word) : word;
}

function termsOfWord(word: string): readonly string[] {
  if (UNSPACED_SCRIPT.test(word)) return pairsOf(word.toLowerCase());
  const parts = partsOf(word);
  const terms = parts.filter(isTerm).map(stemOf);
  if (parts.length > 1) {
    const whole = parts.join('');
    if (isTerm(whole)) terms.push(stemOf(whole));
  }
  return terms;
}

function isTerm(word: string): boolean {
  return word.length > 1 && word.length <= LONGEST_TERM && !STOP_WORDS.has(word);
}

/** Scripts without spaces are kept as overlapping pairs of characters. */
function pairsOf(word: string): readonly string[] {
  const characters = [...word];
  if (characters.length < 3) return [word];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
