import type { AlignType, Table } from 'mdast';
import type { Display } from './display.ts';
import { type Span, span, spansOf } from './spans.ts';
import { type Line, widthOf, wrap } from './wrap.ts';

type Row = readonly (readonly Span[])[];

const gap = 2;
const narrowest = 8;

/**
 * A table in lines of at most `width` columns: aligned by what each cell takes on the screen, long cells wrapped; where that leaves a
 * column too narrow to read, each row as a list of "heading: value". `rule` is the character of the line below the headings.
 */
export function layTable(
  table: Table,
  display: Display,
  { width, rule }: { readonly width: number; readonly rule: string },
): readonly Line[] {
  const rows = table.children.map((row) => row.children.map((cell) => spansOf(cell.children, display)));
  const [heads = [], ...body] = rows;
  const header = heads.map((cell) => cell.map((each) => ({ ...each, styles: [...each.styles, 'bold' as const] })));
  const widths = columnWidths([header, ...body], width);
  if (widths === null) return records(header, body, width);
  const ruler = widths.flatMap((columns, index) => [
    ...(index === 0 ? [] : space(gap)),
    span(rule.repeat(columns), 'dim'),
  ]);
  const lay = (row: Row) => layRow(row, widths, table.align ?? []);
  return [...lay(header), ruler, ...body.flatMap(lay)];
}

/** As wide as the contents need; else the widest columns are cut to what is there. Null where that would be too little. */
function columnWidths(rows: readonly Row[], width: number): readonly number[] | null {
  const columns = Math.max(...rows.map((row) => row.length));
  const natural = Array.from({ length: columns }, (_, column) =>
    Math.max(3, ...rows.flatMap((row) => wrap(row[column] ?? [], Number.POSITIVE_INFINITY).map(widthOf))),
  );
  const room = width - gap * (columns - 1);
  const fits = (cap: number) => sum(natural.map((each) => Math.min(each, cap))) <= room;
  let cap = Math.max(...natural);
  while (!fits(cap) && cap >= narrowest) cap--;
  return cap < narrowest && !fits(cap) ? null : natural.map((each) => Math.min(each, cap));
}

function layRow(row: Row, widths: readonly number[], align: readonly AlignType[]): readonly Line[] {
  const cells = widths.map((width, column) => wrap(row[column] ?? [], width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const line = cells.flatMap((lines, column) => [
      ...(column === 0 ? [] : space(gap)),
      ...padded(lines[index] ?? [], widths[column] ?? 0, align[column]),
    ]);
    return withoutTrailingSpace(line);
  });
}

function withoutTrailingSpace(line: Line): Line {
  return line.slice(0, line.findLastIndex(({ text }) => text.trim() !== '') + 1);
}

function padded(line: Line, width: number, align: AlignType | undefined): Line {
  const room = Math.max(0, width - widthOf(line));
  const before = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0;
  return [...space(before), ...line, ...space(room - before)];
}

function records(header: Row, body: readonly Row[], width: number): readonly Line[] {
  return body.flatMap((row, index) => [
    ...(index === 0 ? [] : [[]]),
    ...row.flatMap((cell, column) => wrap([...(header[column] ?? []), span(': '), ...cell], width)),
  ]);
}

function space(columns: number): Line {
  return columns === 0 ? [] : [span(' '.repeat(columns))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
