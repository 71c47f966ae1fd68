import type { List, ListItem, PhrasingContent } from 'mdast';
import type { Block, Display } from './display.ts';
import { plainText, spansOf } from './spans.ts';
import { layTable } from './table.ts';

/** How a chat platform writes what markdown means. Whatever comes in as text goes out so that it is only text. */
export interface Dialect {
  readonly bullet: string;
  readonly rule: string;
  /** Spaces by which what belongs to a list item stands below it. */
  readonly indent: number;
  /** Columns of a table, which is written as code. */
  readonly tableWidth: number;
  /** Text in which nothing is markup and nothing mentions anybody. */
  text(value: string): string;
  /** The same at the beginning of a line, of text that is written already. */
  line(written: string): string;
  strong(inner: string): string;
  emphasis(inner: string): string;
  strike(inner: string): string;
  code(value: string): string;
  fence(value: string, language: string): string;
  heading(inner: string, depth: number): string;
  /** `label` is written already; `href` is an http(s) address in ASCII. */
  link(label: string, href: string): string;
}

/** Writes one block at a time; blocks are joined by an empty line. */
export type Writer = (block: Block) => string;

/** A writer of a dialect for the blocks of a document. */
export function createWriter(dialect: Dialect, display: Display): Writer {
  const inline = (nodes: readonly PhrasingContent[], isBold = false) => writeInline(nodes, dialect, display, isBold);
  const lines = (written: string) =>
    written
      .split('\n')
      .map((line) => dialect.line(line))
      .join('\n');
  const write: Writer = (block) => {
    switch (block.type) {
      case 'paragraph':
        return lines(inline(block.children));
      case 'heading':
        return dialect.heading(inline(block.children, true).replaceAll('\n', ' '), block.depth);
      case 'code':
        return dialect.fence(block.value, block.lang ?? '');
      case 'blockquote':
        return quoted(block.children.map(write).join('\n\n'));
      case 'list':
        return writeList(block, dialect, write);
      case 'table':
        return dialect.fence(
          layTable(block, display, { width: dialect.tableWidth, rule: '-' }).map(plainText).join('\n'),
          '',
        );
      case 'thematicBreak':
        return dialect.rule;
      case 'html':
        return lines(dialect.text(block.value));
      case 'footnoteDefinition':
        return `${dialect.text(`[^${block.label ?? block.identifier}]: `)}${block.children.map(write).join('\n\n')}`;
      default:
        return '';
    }
  };
  return write;
}

function writeList(list: List, dialect: Dialect, write: Writer): string {
  return list.children
    .map((item, index) => writeItem(item, markerOf(list, item, index, dialect), dialect, write))
    .join('\n');
}

function markerOf(list: List, item: ListItem, index: number, { bullet }: Dialect): string {
  const isTask = typeof item.checked === 'boolean';
  const box = isTask ? `${item.checked ? '☑' : '☐'} ` : '';
  if (list.ordered) return `${(list.start ?? 1) + index}. ${box}`;
  return isTask ? box : `${bullet} `;
}

/** Code stands at the margin also in a list: platforms would show the spaces before it. */
function writeItem(item: ListItem, marker: string, dialect: Dialect, write: Writer): string {
  const blocks = item.children.map((child, index) => {
    const written = write(child);
    if (index === 0 && child.type === 'paragraph') return indented(written, dialect.indent).trimStart();
    return child.type === 'code' || child.type === 'table' ? written : indented(written, dialect.indent);
  });
  const isFirstText = item.children[0]?.type === 'paragraph';
  return isFirstText ? `${marker}${blocks.join('\n')}` : [marker.trimEnd(), ...blocks].join('\n');
}

function writeInline(nodes: readonly PhrasingContent[], dialect: Dialect, display: Display, isBold: boolean): string {
  return nodes.map((node) => writeNode(node, dialect, display, isBold)).join('');
}

function writeNode(node: PhrasingContent, dialect: Dialect, display: Display, isBold: boolean): string {
  const inner = (children: readonly PhrasingContent[], bold = isBold) => writeInline(children, dialect, display, bold);
  switch (node.type) {
    case 'text':
      return dialect.text(node.value.replace(/[^\S\n]*\n[^\S\n]*/g, ' '));
    case 'strong':
      return isBold ? inner(node.children) : marked(inner(node.children, true), dialect.strong);
    case 'emphasis':
      return marked(inner(node.children), dialect.emphasis);
    case 'delete':
      return marked(inner(node.children), dialect.strike);
    case 'inlineCode':
      return dialect.code(node.value);
    case 'break':
      return '\n';
    case 'link':
    case 'linkReference':
    case 'image':
    case 'imageReference':
      return writeLink(dialect.text(plainText(spansOf([node], display))), display.addressOf(node), dialect);
    default:
      return dialect.text(plainText(spansOf([node], display)));
  }
}

/** Platforms look for some words after an `@` in addresses too. */
function writeLink(label: string, href: string | null, dialect: Dialect): string {
  return href === null ? label : dialect.link(label, href.replace(/@(?=everyone|here|channel|group)/gi, '%40'));
}

/** Marks stand close to a word, or they are shown. */
function marked(inner: string, mark: (inner: string) => string): string {
  const text = inner.trim();
  return text === '' ? inner : inner.replace(text, () => mark(text));
}

/** Lists in lists in lists are no longer shown any deeper: what is written stays about as long as what was read. */
function indented(written: string, columns: number): string {
  return written.replace(/^(?! {24})(?=.)/gm, ' '.repeat(columns));
}

function quoted(written: string): string {
  return written.replace(/^/gm, '> ');
}
