/** One word of a command as somebody typed it, with its place in the text. */
export interface Word {
  /** Without quotes and escapes. */
  readonly value: string;
  readonly start: number;
  /** Just behind the word. */
  readonly end: number;
  /** Some of it stood in quotes or was escaped: then it is data, never an option. */
  readonly quoted: boolean;
  /** The whole word stood in one pair of quotes. */
  readonly wrapped: boolean;
  /** A quote was opened and never closed; the word then ends at the next space. */
  readonly unclosed: boolean;
}

/** What closes a quote that opens a word. Phones turn straight quotes into curly ones. */
const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“', '‘': '’', '«': '»' };
const space = /\s/u;
/** Phones also turn two hyphens into a dash. */
const dash = /^[—–](?=[A-Za-z])/u;

/**
 * Splits a command into words: spaces separate, quotes hold together (at the beginning of a word or behind the `=` of an option),
 * a backslash takes a quote, a space or a backslash as it is. Apostrophes inside words are letters.
 */
export function splitWords(text: string): readonly Word[] {
  const words: Word[] = [];
  // A quote that is not closed once is not closed later either: remembered, so that long texts are read once.
  const neverClosed = new Set<string>();
  let offset = 0;
  while (offset < text.length) {
    if (space.test(text.charAt(offset))) {
      offset += 1;
      continue;
    }
    const word = readWord(text, offset, neverClosed);
    words.push(word);
    offset = word.end;
  }
  return words;
}

/** Words that a shell has already separated: each is one value as it stands. */
export function givenWords(values: readonly string[]): readonly Word[] {
  return values.map((value, index) => ({
    value,
    start: index,
    end: index + 1,
    quoted: false,
    wrapped: false,
    unclosed: false,
  }));
}

function readWord(text: string, start: number, neverClosed: Set<string>): Word {
  let value = '';
  let quoted = false;
  let offset = start;
  let wrappedUntil: number | null = null;
  while (offset < text.length && !space.test(text.charAt(offset))) {
    const inQuotes = opensQuote(text, start, offset) ? readQuoted(text, offset, neverClosed) : null;
    if (inQuotes !== null) {
      value += inQuotes.value;
      quoted = true;
      if (offset === start) wrappedUntil = inQuotes.end;
      offset = inQuotes.end;
    } else if (isEscape(text, offset)) {
      value += text.charAt(offset + 1);
      quoted = true;
      offset += 2;
    } else {
      value += text.charAt(offset);
      offset += 1;
    }
  }
  return {
    value: wrappedUntil === null ? value.replace(dash, '--') : value,
    start,
    end: offset,
    quoted: quoted && !givesValue(text, start),
    wrapped: wrappedUntil === offset,
    unclosed: opensQuote(text, start, start) && wrappedUntil === null,
  };
}

/** `--agents="a b"` is an option although its value stands in quotes; `"--agents"` is not. */
function givesValue(text: string, start: number): boolean {
  return /^(?:--|[—–])[A-Za-z][\w-]*=/u.test(text.slice(start, start + 64));
}

function opensQuote(text: string, start: number, offset: number): boolean {
  if (!Object.hasOwn(closing, text.charAt(offset))) return false;
  return offset === start || (text.charAt(offset - 1) === '=' && givesValue(text, start));
}

function readQuoted(text: string, offset: number, neverClosed: Set<string>): { value: string; end: number } | null {
  const opener = text.charAt(offset);
  if (neverClosed.has(opener)) return null;
  let value = '';
  for (let index = offset + 1; index < text.length; index += 1) {
    if (text.charAt(index) === closing[opener]) return { value, end: index + 1 };
    if (isEscape(text, index)) index += 1;
    value += text.charAt(index);
  }
  neverClosed.add(opener);
  return null;
}

function isEscape(text: string, offset: number): boolean {
  return text.charAt(offset) === '\\' && /["'\s\\“”‘’]/u.test(text.charAt(offset + 1));
}
