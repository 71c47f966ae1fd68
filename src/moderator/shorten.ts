const noteRoom = 200;

/** The end of a path and a line number. Linear in the text: what follows a dot or slash is read up to the next one only. */
const place = /[./][^\s()[\]"'`<>|,;:./]{1,100}:\d/g;

interface Passage {
  readonly start: number;
  readonly end: number;
}

/**
 * A text within a number of characters: its beginning, its end, and every paragraph between them that names a `path:line`, as far
 * as they fit in half of it; where something was left out, it says how much.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - noteRoom);
  const { passages, complete } = locatedPassages(text, Math.floor(room / 2));
  // Beginning and end share what the places leave.
  const left = room - passages.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  const head = Math.floor(left * 0.6);
  const tail = text.length - (left - head);
  const between = passages
    .map(({ start, end }) => text.slice(Math.max(start, head), Math.min(end, tail)))
    .filter((part) => part !== '');
  const leftOut = tail - head - between.reduce((sum, part) => sum + part.length, 0);
  const lost = complete ? '' : ', among them further places with a path:line';
  const note = `[… ${leftOut} of ${text.length} characters left out here${lost} …]`;
  return [text.slice(0, head), note, ...between, text.slice(tail)].join('\n');
}

/** How many characters each text gets when all together may take `total`: short ones stay whole, the long ones share what is left. */
export function shares(lengths: readonly number[], total: number): readonly number[] {
  let left = Math.max(0, total);
  const order = lengths.map((length, index) => ({ length, index })).sort((a, b) => a.length - b.length);
  const result = new Array<number>(lengths.length).fill(0);
  for (const [position, { length, index }] of order.entries()) {
    const share = Math.min(length, Math.floor(left / (order.length - position)));
    result[index] = share;
    left -= share;
  }
  return result;
}

/** Paragraphs with a `path:line`, in order; of one that is too long, the line, and of a line that is too long, what is round the place. */
function locatedPassages(
  text: string,
  room: number,
): { readonly passages: readonly Passage[]; readonly complete: boolean } {
  const passages: Passage[] = [];
  let left = room;
  let from = 0;
  for (const { index } of text.matchAll(place)) {
    if (index < from) continue;
    const longest = Math.min(left - 1, Math.floor(room / 4));
    const passage =
      between(text, index, from, '\n\n', longest) ??
      between(text, index, from, '\n', longest) ??
      around(text, index, from, longest);
    if (passage === null) return { passages, complete: false };
    passages.push(passage);
    left -= passage.end - passage.start + 1;
    from = passage.end;
  }
  return { passages, complete: true };
}

/** The part between two separators in which a place stands, where it is not too long. */
function between(text: string, at: number, from: number, separator: string, longest: number): Passage | null {
  const lowest = Math.max(from, at - longest);
  const before = text.slice(lowest, at).lastIndexOf(separator);
  if (before < 0 && lowest > from) return null;
  const start = before < 0 ? lowest : lowest + before + separator.length;
  const after = text.slice(at, start + longest).indexOf(separator);
  if (after < 0 && start + longest < text.length) return null;
  return { start, end: after < 0 ? text.length : at + after };
}

function around(text: string, at: number, from: number, longest: number): Passage | null {
  const passage = { start: Math.max(from, at - 150), end: Math.min(text.length, at + 150) };
  return passage.end - passage.start <= longest ? passage : null;
}
