import truncatedWidth from 'fast-string-truncated-width';

const widths = { controlWidth: 0, tabWidth: 4 };

/** How many cells the text takes; colours take none. */
export function widthOf(text: string): number {
  return truncatedWidth(text, {}, widths).width;
}

/** Colours, then everything else one letter as people count them at a time. */
const sequence = /\x1b\[[\d;]*m/gu;

/** The text as far as it fits into so many cells, with an ellipsis where it was cut. */
export function clip(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  if (cells <= 0) return '';
  let kept = '';
  let room = cells - 1;
  for (const piece of pieces(text)) {
    room -= widthOf(piece);
    if (room < 0) break;
    kept += piece;
  }
  // Whatever colour was open at the cut must not go on behind it.
  return `${kept}…${kept.includes('\x1b[') ? '\x1b[0m' : ''}`;
}

function* pieces(text: string): Generator<string> {
  const letters = new Intl.Segmenter();
  let offset = 0;
  for (const match of text.matchAll(sequence)) {
    for (const { segment } of letters.segment(text.slice(offset, match.index))) yield segment;
    yield match[0];
    offset = match.index + match[0].length;
  }
  for (const { segment } of letters.segment(text.slice(offset))) yield segment;
}

/** The text in exactly so many cells: cut or filled up with spaces. */
export function column(text: string, cells: number): string {
  const cut = clip(text, cells);
  return cut + ' '.repeat(Math.max(0, cells - widthOf(cut)));
}

/** Plain text in lines of so many cells at most, broken between words; a word that is longer is broken where it has to be. */
export function wrapWords(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => brokenWord(one, Math.max(1, cells)))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= cells) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function brokenWord(word: string, cells: number): readonly string[] {
  if (widthOf(word) <= cells) return [word];
  const parts = [''];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && widthOf(last + segment) > cells) parts.push(segment);
    else parts[parts.length - 1] = last + segment;
  }
  return parts;
}
