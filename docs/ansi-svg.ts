import truncatedWidth from 'fast-string-truncated-width';
import { applySgr, plain, type TextStyle } from './sgr.ts';

export interface PictureOptions {
  /** Cells of a line. */
  readonly columns: number;
  /** What the picture shows, for those who do not see it. */
  readonly title: string;
  /** Lines above this one are left out; by default none is. */
  readonly firstLine?: number;
}

/** Pixels. */
const cell = { width: 8.4, height: 19 };
const margin = 18;
const baseline = 14;

const colors = { text: '#e6edf3', background: '#0d1117', border: '#30363d' };
const fonts = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** Text of one style in neighbouring cells. */
interface Run {
  readonly row: number;
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  readonly style: TextStyle;
  /** One letter of two cells. */
  readonly isWide: boolean;
}

/**
 * A picture of what stands on a terminal, as `tmux capture-pane -e -p` prints it: colours and weights are kept, links and all other
 * sequences dropped, blank lines at the end left out. Each run of text stands at its cell, so that every monospaced font fits.
 */
export function ansiSvg(screen: string, { columns, title, firstLine = 0 }: PictureOptions): string {
  const lines = screen.replace(/\s+$/u, '').split('\n');
  const runs = runsOf(lines).flatMap((run) => (run.row < firstLine ? [] : [{ ...run, row: run.row - firstLine }]));
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = (lines.length - firstLine) * cell.height + 2 * margin;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10" fill="${colors.background}" stroke="${colors.border}"/>`,
    ...runs.flatMap(backgroundOf),
    `<g fill="${colors.text}" font-family="${fonts}" font-size="14" xml:space="preserve">`,
    ...runs.flatMap(textOf),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** A style goes on over the end of its line. */
function runsOf(lines: readonly string[]): readonly Run[] {
  let style = plain;
  return lines.flatMap((line, row) => {
    const runs: Run[] = [];
    let column = 0;
    for (const piece of piecesOf(line)) {
      if (piece.sgr !== null) style = applySgr(style, piece.sgr);
      for (const text of lettersOf(piece.text)) {
        const cells = widthOf(text);
        const next: Run = { row, column, cells, text, style, isWide: cells > 1 };
        const last = runs.at(-1);
        if (last !== undefined && continues(last, next)) {
          runs[runs.length - 1] = { ...last, text: last.text + text, cells: last.cells + cells };
        } else runs.push(next);
        column += cells;
      }
    }
    return runs;
  });
}

/** Blanks part what stands in columns, and wide letters stand alone: fonts disagree about how wide they are. */
function continues(run: Run, next: Run): boolean {
  if (run.style !== next.style || run.isWide || next.isWide) return false;
  const parts = next.style.background === null && !next.style.reverse && run.text.endsWith(' ');
  return !(parts && (next.text === ' ' || run.text.trim() === ''));
}

/** The colour sequences, and what stands between them without any other sequence. */
function piecesOf(line: string): readonly { readonly sgr: string | null; readonly text: string }[] {
  const [first = '', ...styled] = line
    .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[\d;:?]*[^\d;:?m]|\x1b[()].|[\x0e\x0f]/gu, '')
    .split(/\x1b\[/u);
  return [
    { sgr: null, text: first },
    ...styled.map((piece) => {
      const end = piece.indexOf('m');
      return { sgr: piece.slice(0, end), text: piece.slice(end + 1) };
    }),
  ];
}

function lettersOf(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text.replace(/[\x00-\x1f\x7f]/gu, '')), ({ segment }) => segment);
}

function widthOf(text: string): number {
  return truncatedWidth(text, {}, {}).width;
}

function backgroundOf({ row, column, cells, style }: Run): readonly string[] {
  const fill = style.reverse ? (style.foreground ?? colors.text) : style.background;
  if (fill === null) return [];
  return [
    `<rect x="${atColumn(column)}" y="${margin + row * cell.height}" width="${pixels(cells * cell.width)}" height="${cell.height}" fill="${fill}"/>`,
  ];
}

function textOf({ row, column, cells, text, style }: Run): readonly string[] {
  const shown = text.trimEnd();
  if (shown === '') return [];
  const length = pixels((cells - (text.length - shown.length)) * cell.width);
  const fill = style.reverse ? (style.background ?? colors.background) : style.foreground;
  const lines = [style.underline ? 'underline' : '', style.strike ? 'line-through' : ''].filter(Boolean).join(' ');
  const attributes = {
    x: atColumn(column),
    y: String(margin + row * cell.height + baseline),
    textLength: cells > 1 ? length : null,
    fill,
    'font-weight': style.bold ? '700' : null,
    'font-style': style.italic ? 'italic' : null,
    'fill-opacity': style.dim ? '.62' : null,
    'text-decoration': lines === '' ? null : lines,
  };
  const written = Object.entries(attributes).flatMap(([name, value]) => (value === null ? [] : [`${name}="${value}"`]));
  return [`<text ${written.join(' ')}>${escapeXml(shown)}</text>`];
}

function atColumn(column: number): string {
  return pixels(margin + column * cell.width);
}

function pixels(value: number): string {
  return String(Number(value.toFixed(1)));
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
