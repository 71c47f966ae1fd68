import type {
  BlockContent,
  Definition,
  DefinitionContent,
  Image,
  ImageReference,
  Link,
  LinkReference,
  Nodes,
} from 'mdast';
import { clean } from '../clean.ts';
import { parse } from './parse.ts';

export type Block = BlockContent | DefinitionContent;

/** A document to be shown: nothing in it can move a cursor or reorder text, also not what an entity such as `&#x202e;` stood for. */
export interface Display {
  readonly blocks: readonly Block[];
  /** Whether an address is written behind its text, because it cannot be carried by it. */
  readonly writesAddresses: boolean;
  /** Where a link or an image leads, as an absolute http(s) address; null for all others. */
  addressOf(node: Link | LinkReference | Image | ImageReference): string | null;
}

const blockTypes: ReadonlySet<Nodes['type']> = new Set<Block['type']>([
  'blockquote',
  'code',
  'definition',
  'footnoteDefinition',
  'heading',
  'html',
  'list',
  'paragraph',
  'table',
  'thematicBreak',
]);

/** Markdown, parsed for the renderers. */
export function display(markdown: string, { writesAddresses }: { readonly writesAddresses: boolean }): Display {
  const root = parse(clean(markdown));
  cleanDecoded(root);
  const definitions = new Map<string, Definition>();
  collect(root, definitions);
  return {
    blocks: root.children.filter(isBlock),
    writesAddresses,
    addressOf: (node) => webAddress('url' in node ? node.url : (definitions.get(node.identifier)?.url ?? '')),
  };
}

/** The same for a text that cannot be parsed in time: as it is written. */
export function displaySource(markdown: string): Display {
  return { blocks: [{ type: 'code', value: clean(markdown) }], writesAddresses: false, addressOf: () => null };
}

function isBlock(node: Nodes): node is Block {
  return blockTypes.has(node.type);
}

/** An http(s) address in its ASCII form, so that it holds neither spaces nor letters that look like others; null for all else, also for one with a user, which looks like a host. */
export function webAddress(url: string): string | null {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) return null;
  return address.username === '' && address.password === '' ? address.href : null;
}

/** The tree is fresh and nobody else's: it is cleaned in place. */
function cleanDecoded(node: Nodes): void {
  if ('value' in node) node.value = clean(node.value);
  if ('alt' in node && typeof node.alt === 'string') node.alt = clean(node.alt);
  if ('lang' in node && typeof node.lang === 'string') node.lang = clean(node.lang);
  if ('label' in node && typeof node.label === 'string') node.label = clean(node.label);
  if ('children' in node) for (const child of node.children) cleanDecoded(child);
}

/** The first definition of a label counts. */
function collect(node: Nodes, definitions: Map<string, Definition>): void {
  if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  if ('children' in node) for (const child of node.children) collect(child, definitions);
}
