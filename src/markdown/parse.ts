import type { Nodes, Root } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import type { Processor } from 'unified';

/** A node's place in the source, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Nodes within nodes: more than any person writes. Quotes and lists in one line are looked for first, as parsing them costs most. */
const deepest = 100;
const deepContainers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){30}/m;

const whole = remark().use(remarkGfm).use(keepPositions).freeze();
const literal = remark().use(remarkGfm).use(keepPositions).use(blocksAndCodeOnly).freeze();

/**
 * GitHub-flavoured markdown as an mdast tree with source offsets. Never throws: what is nested beyond all reason
 * becomes one paragraph of plain text, so a tree may be walked by recursion. Time grows faster than the text for hostile input: see `isCostly`.
 */
export function parse(markdown: string): Root {
  return parsed(whole, markdown);
}

/**
 * The same, with inline markup left as it is written: blocks, code and HTML are found, while emphasis, links, references, footnotes
 * and definitions stay text. A path such as `src/__tests__/a.ts` or a bracket that a definition would turn into a link is then
 * found where it stands.
 */
export function parseLiteral(markdown: string): Root {
  return parsed(literal, markdown);
}

/** Whether parsing may take long enough (some 30 ms) that it belongs off the main thread. */
export function isCostly(markdown: string): boolean {
  return markdown.length > 8_000 || count(markdown, /[*_~[\]]/g) > 600 || count(markdown, /\n/g) > 600;
}

/** Where a node stands; null for the few that the parser made up. */
export function rangeOf(node: Nodes): Range | null {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  return start === undefined || end === undefined ? null : { start, end };
}

function parsed(parser: typeof whole, markdown: string): Root {
  if (deepContainers.test(markdown)) return plainDocument(markdown);
  try {
    const root = parser.parse(markdown);
    return isDeep(root) ? plainDocument(markdown) : root;
  } catch {
    return plainDocument(markdown);
  }
}

/** So that whoever walks the tree may do it by recursion. */
function isDeep(root: Root): boolean {
  let level: readonly Nodes[] = [root];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((node) => ('children' in node ? node.children : []));
    if (level.length === 0) return false;
  }
  return true;
}

function plainDocument(markdown: string): Root {
  const end = { line: 1, column: 1, offset: markdown.length };
  const position = { start: { line: 1, column: 1, offset: 0 }, end };
  return {
    type: 'root',
    children: [{ type: 'paragraph', children: [{ type: 'text', value: markdown, position }], position }],
    position,
  };
}

/** The second search for URLs and e-mail addresses, after parsing, would make nodes without a position; the tokenizer found them already. */
function keepPositions(this: Processor): void {
  const data = this.data();
  const extensions = data.fromMarkdownExtensions?.flat() ?? [];
  data.fromMarkdownExtensions = extensions.map(({ transforms: _, ...extension }) => extension);
}

function blocksAndCodeOnly(this: Processor): void {
  const disabled = [
    'attention',
    'labelStartLink',
    'labelStartImage',
    'labelEnd',
    'definition',
    'strikethrough',
    'gfmFootnoteCall',
    'gfmFootnoteDefinition',
    'gfmPotentialFootnoteCall',
    'emailAutolink',
    'protocolAutolink',
    'wwwAutolink',
  ];
  this.data().micromarkExtensions?.push({ disable: { null: disabled } });
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
