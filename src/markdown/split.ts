import type { Code, List, ListItem, Paragraph, PhrasingContent, Table, TableRow } from 'mdast';
import type { Block } from './display.ts';
import { groups } from './groups.ts';
import { dividePhrasing } from './split-phrasing.ts';

export interface PartOptions {
  /** Most UTF-16 units of a part; 100 at the least. */
  readonly limit: number;
}

export interface SplitOptions extends PartOptions {
  /** How a block is written; blocks are joined by an empty line. */
  write(block: Block): string;
}

const graphemes = new Intl.Segmenter();

/**
 * Blocks as written parts of at most `limit` units each. A part ends at the end of a block where it can; a block too long for one part is
 * divided between items, rows (the headings are repeated), lines of code (the fence is reopened with its language) or words: never inside
 * a link, a code span, a mention or a character, unless that alone is too long.
 */
export function splitBlocks(blocks: readonly Block[], options: SplitOptions): readonly string[] {
  const parts: string[] = [];
  for (const block of blocks.flatMap((each) => divide(each, options))) {
    const written = options.write(block);
    const last = parts.at(-1);
    if (written.trim() === '') continue;
    if (last !== undefined && last.length + 2 + written.length <= options.limit)
      parts[parts.length - 1] = `${last}\n\n${written}`;
    else parts.push(written);
  }
  return parts.map((part) => part.trimEnd());
}

/** The block where it fits; else blocks that do, one after the other. */
function divide(block: Block, options: SplitOptions): readonly Block[] {
  if (fits(block, options)) return [block];
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return dividePhrasing(block.children, (children) => fits({ ...block, children }, options)).map((children) => ({
        ...block,
        children,
      }));
    case 'code':
      return divideCode(block, options);
    case 'html':
      return divide(paragraph([{ type: 'text', value: block.value }]), options);
    case 'list':
      return divideList(block, options);
    case 'table':
      return divideTable(block, options);
    case 'blockquote':
      return within(block.children, options, (child) => ({ type: 'blockquote', children: [child] }));
    case 'footnoteDefinition': {
      const label = paragraph([{ type: 'text', value: `[^${block.label ?? block.identifier}]:` }]);
      return [label, ...block.children].flatMap((child) => divide(child, options));
    }
    default:
      return [block];
  }
}

function fits(block: Block, { limit, write }: SplitOptions): boolean {
  return write(block).length <= limit;
}

/** Children divided so that each fits inside its parent. */
function within(children: readonly Block[], options: SplitOptions, wrap: (child: Block) => Block): readonly Block[] {
  const inside = { ...options, write: (child: Block) => options.write(wrap(child)) };
  return children.flatMap((child) => divide(child, inside)).map(wrap);
}

function divideCode(code: Code, options: SplitOptions): readonly Block[] {
  const codeOf = (lines: readonly string[], separator: string): Code => ({ ...code, value: lines.join(separator) });
  return groups(code.value.split('\n'), (lines) => fits(codeOf(lines, '\n'), options)).flatMap((lines) => {
    const part = codeOf(lines, '\n');
    if (fits(part, options)) return [part];
    const letters = [...graphemes.segment(part.value)].map(({ segment }) => segment);
    return groups(letters, (some) => fits(codeOf(some, ''), options)).map((some) => codeOf(some, ''));
  });
}

/** What is left of an item that is too long itself follows its beginning as blocks of their own. */
function divideList(list: List, options: SplitOptions): readonly Block[] {
  const numbered = list.children.map((item, index) => ({ item, number: (list.start ?? 1) + index }));
  const listOf = (items: readonly { readonly item: ListItem; readonly number: number }[]): List => ({
    ...list,
    ...(list.ordered ? { start: items[0]?.number ?? 1 } : {}),
    children: items.map(({ item }) => item),
  });
  return groups(numbered, (items) => fits(listOf(items), options)).flatMap((items) => {
    const [first] = items;
    if (first === undefined || fits(listOf(items), options)) return [listOf(items)];
    const asItem = (child: Block): List => listOf([{ ...first, item: { ...first.item, children: [child] } }]);
    const inside = { ...options, write: (child: Block) => options.write(asItem(child)) };
    const [start, ...rest] = first.item.children.flatMap((child) => divide(child, inside));
    return start === undefined ? [] : [asItem(start), ...rest];
  });
}

function divideTable(table: Table, options: SplitOptions): readonly Block[] {
  const [head, ...rows] = table.children;
  if (head === undefined) return [];
  const tableOf = (some: readonly TableRow[]): Table => ({ ...table, children: [head, ...some] });
  return groups(rows, (some) => fits(tableOf(some), options)).flatMap((some) => {
    const part = tableOf(some);
    return fits(part, options)
      ? [part]
      : some.flatMap((row) => rowAsText(head, row)).flatMap((cell) => divide(cell, options));
  });
}

function rowAsText(head: TableRow, row: TableRow): readonly Paragraph[] {
  return row.children.map((cell, column) =>
    paragraph([
      { type: 'strong', children: head.children[column]?.children ?? [] },
      { type: 'text', value: ': ' },
      ...cell.children,
    ]),
  );
}

function paragraph(children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}
