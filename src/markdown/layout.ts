import type { Code, List, ListItem } from 'mdast';
import type { Block, Display } from './display.ts';
import { plainText, type Span, span, spansOf } from './spans.ts';
import { layTable } from './table.ts';
import { hardLines, type Line, widthOf, wrap } from './wrap.ts';

/** The characters that a layout draws with. */
export interface Glyphs {
  readonly bullet: string;
  readonly open: string;
  readonly done: string;
  readonly quote: string;
  readonly rule: string;
}

export interface LayoutOptions {
  readonly width: number;
  readonly glyphs: Glyphs;
  /** Columns for a line of code, which is never broken where this is absent. */
  readonly codeWidth?: number;
  /** Code in the colours of its language; null where that is not known. */
  readonly highlight?: Highlight | null;
}

/** Code and its language as written behind the fence, as spans with exactly its characters. */
export type Highlight = (code: string, language: string) => readonly Span[] | null;

/** Nesting goes on, but text never gets narrower than this. */
const narrowest = 8;

/** Blocks as lines of at most `width` columns, code of `codeWidth`. An empty line stands between blocks. */
export function layBlocks(blocks: readonly Block[], display: Display, options: LayoutOptions): readonly Line[] {
  const laid = blocks.map((block) => layBlock(block, display, options)).filter((lines) => lines.length > 0);
  return laid.flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
}

function layBlock(block: Block, display: Display, options: LayoutOptions): readonly Line[] {
  const { width, glyphs } = options;
  switch (block.type) {
    case 'paragraph':
      return wrap(spansOf(block.children, display), width);
    case 'heading':
      return wrap(spansOf(block.children, display, ['bold']), width);
    case 'code':
      return layCode(block, options);
    case 'blockquote':
      return prefixed(
        glyphs.quote,
        layBlocks(block.children, display, narrower(options, widthOf([span(glyphs.quote)]))),
      );
    case 'list':
      return layList(block, display, options);
    case 'table':
      return layTable(block, display, { width, rule: glyphs.rule });
    case 'thematicBreak':
      return [[span(glyphs.rule.repeat(Math.min(40, width)), 'dim')]];
    case 'html':
      return wrap([span(block.value, 'dim')], width);
    case 'footnoteDefinition':
      return hung(
        [span(`[^${block.label ?? block.identifier}]: `)],
        layBlocks(block.children, display, narrower(options, 4)),
        4,
      );
    default:
      return [];
  }
}

const codeIndent = 2;

function layCode({ value, lang }: Code, { codeWidth, highlight }: LayoutOptions): readonly Line[] {
  const code = value.replaceAll('\t', '    ');
  const spans = (lang == null ? null : highlight?.(code, lang)) ?? [span(code, 'code')];
  const lines = hardLines(spans).flatMap((line) =>
    codeWidth === undefined ? [line] : wrapCode(line, Math.max(narrowest, codeWidth - codeIndent)),
  );
  return lines.map((line) => [span(' '.repeat(codeIndent)), ...line]);
}

/** What does not fit goes on below the beginning of its own line. */
function wrapCode(line: Line, width: number): readonly Line[] {
  if (widthOf(line) <= width) return [line];
  const indent = /^ */u.exec(plainText(line))?.[0] ?? '';
  const hangs = indent.slice(0, Math.floor(width / 2));
  return wrap(withoutStart(line, indent.length), width - hangs.length).map((part) => [span(hangs), ...part]);
}

function withoutStart(line: Line, characters: number): Line {
  let left = characters;
  return line.flatMap((each) => {
    const cut = Math.min(left, each.text.length);
    left -= cut;
    return cut === each.text.length ? [] : [{ ...each, text: each.text.slice(cut) }];
  });
}

function layList(list: List, display: Display, options: LayoutOptions): readonly Line[] {
  return list.children.flatMap((item, index) => {
    const marker = markerOf(list, item, index, options.glyphs);
    const lines = layItem(item, display, narrower(options, marker.length));
    const isApart = index > 0 && (list.spread === true || item.spread === true);
    return [...(isApart ? [[]] : []), ...hung([span(marker)], lines, marker.length)];
  });
}

/** A number, aligned with the others; a task's box; or a bullet. */
function markerOf(list: List, item: ListItem, index: number, glyphs: Glyphs): string {
  const isTask = typeof item.checked === 'boolean';
  const box = isTask ? `${item.checked ? glyphs.done : glyphs.open} ` : '';
  if (!list.ordered) return isTask ? box : `${glyphs.bullet} `;
  const first = list.start ?? 1;
  const longest = `${first + list.children.length - 1}. `.length;
  return `${first + index}. `.padStart(longest) + box;
}

function layItem(item: ListItem, display: Display, options: LayoutOptions): readonly Line[] {
  const laid = item.children.map((child) => layBlock(child, display, options)).filter((lines) => lines.length > 0);
  return laid.flatMap((block, index) => (index > 0 && item.spread === true ? [[], ...block] : block));
}

function narrower(options: LayoutOptions, columns: number): LayoutOptions {
  const { width, codeWidth } = options;
  const less = (from: number) => Math.max(narrowest, from - columns);
  return { ...options, width: less(width), ...(codeWidth === undefined ? {} : { codeWidth: less(codeWidth) }) };
}

/** The first line behind its marker, the others below its text. */
function hung(marker: readonly Span[], lines: readonly Line[], indent: number): readonly Line[] {
  const [first = [], ...rest] = lines;
  return [
    [...marker, ...first],
    ...rest.map((line) => (line.length === 0 ? line : [span(' '.repeat(indent)), ...line])),
  ];
}

function prefixed(prefix: string, lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => [span(prefix, 'dim'), ...line]);
}
