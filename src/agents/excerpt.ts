/** The beginning and the end of a text of any length, in bounded memory. */
export interface Excerpt {
  add(text: string): void;
  /** How many characters were added in all. */
  readonly characters: number;
  /** Whether something between the beginning and the end is missing. */
  readonly truncated: boolean;
  /** `tail` is empty as long as nothing is missing. */
  readonly head: string;
  readonly tail: string;
}

/** Keeps the first and the last half of `limit` characters. */
export function createExcerpt(limit: number): Excerpt {
  const half = Math.ceil(limit / 2);
  let head = '';
  let rest = '';
  let characters = 0;
  const truncated = () => characters > 2 * half;
  return {
    add(text) {
      characters += text.length;
      const room = half - head.length;
      if (room > 0) head += text.slice(0, room);
      rest += room > 0 ? text.slice(room) : text;
      // Cut only now and then: cutting copies what is kept.
      if (rest.length > 4 * half) rest = rest.slice(-half);
    },
    get characters() {
      return characters;
    },
    get truncated() {
      return truncated();
    },
    get head() {
      return truncated() ? wholeEnd(head) : head + rest;
    },
    get tail() {
      return truncated() ? wholeStart(rest.slice(-half)) : '';
    },
  };
}

/** Without the first half of a surrogate pair that lost its second. */
function wholeEnd(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}

function wholeStart(text: string): string {
  return /^[\uDC00-\uDFFF]/.test(text) ? text.slice(1) : text;
}
