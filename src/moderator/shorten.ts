const location = /[\w.@/-]*[\w@-]\.?[\w-]*:\d+/;

/**
 * A text within a number of characters: its beginning, its end, and every paragraph between them that names a `path:line`, as far
 * as they fit; where something was left out, it says how much.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - 200);
  const head = text.slice(0, Math.floor(room * 0.3));
  const tail = text.slice(text.length - Math.floor(room * 0.2));
  const middle = text.slice(head.length, text.length - tail.length);
  const kept = locatedParagraphs(middle, room - head.length - tail.length);
  const leftOut = middle.length - kept.parts.reduce((sum, part) => sum + part.length, 0);
  const dropped = kept.dropped > 0 ? `, among them ${kept.dropped} paragraphs with a path:line` : '';
  const note = `[… ${leftOut} of ${text.length} characters left out here${dropped} …]`;
  return [head, note, ...kept.parts, tail].join('\n');
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

function locatedParagraphs(
  text: string,
  room: number,
): { readonly parts: readonly string[]; readonly dropped: number } {
  const parts: string[] = [];
  let left = room;
  let dropped = 0;
  for (const paragraph of text.split(/\n\s*\n/)) {
    if (!location.test(paragraph)) continue;
    const part = paragraph.length <= left ? paragraph : locatedLines(paragraph, left);
    if (part === '') dropped += 1;
    else parts.push(part);
    left -= part.length;
  }
  return { parts, dropped };
}

/** Of a paragraph that does not fit, the lines with a `path:line`, each cut to a readable length. */
function locatedLines(paragraph: string, room: number): string {
  let part = '';
  for (const line of paragraph.split('\n')) {
    const match = location.exec(line);
    if (match === null) continue;
    const start = Math.max(0, match.index - 100);
    const cut = line.slice(start, start + 300);
    if (part.length + cut.length + 1 > room) break;
    part += part === '' ? cut : `\n${cut}`;
  }
  return part;
}
