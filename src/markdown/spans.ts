import type { Image, ImageReference, PhrasingContent } from 'mdast';
import { type Display, webAddress } from './display.ts';

/** A run of text in one style, on one line or to be wrapped. A newline in it is a hard break. */
export interface Span {
  readonly text: string;
  readonly styles: readonly Style[];
  /** An http(s) address, or null. */
  readonly href: string | null;
}

export type Style = 'bold' | 'italic' | 'strike' | 'code' | 'dim' | CodeStyle;

/** Of pieces inside code. */
type CodeStyle = 'keyword' | 'string' | 'number' | 'comment' | 'removed';

/** A span without an address. */
export function span(text: string, ...styles: readonly Style[]): Span {
  return { text, styles, href: null };
}

/** Inline markdown as spans. Addresses that the text does not show already are carried by the spans. */
export function spansOf(
  nodes: readonly PhrasingContent[],
  display: Display,
  styles: readonly Style[] = [],
): readonly Span[] {
  return nodes.flatMap((node) => spansOfNode(node, display, styles));
}

/** The words of spans. */
export function plainText(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

function spansOfNode(node: PhrasingContent, display: Display, styles: readonly Style[]): readonly Span[] {
  switch (node.type) {
    case 'text':
      return [span(node.value.replace(/\s*\n\s*/g, ' '), ...styles)];
    case 'strong':
      return spansOf(node.children, display, [...styles, 'bold']);
    case 'emphasis':
      return spansOf(node.children, display, [...styles, 'italic']);
    case 'delete':
      return spansOf(node.children, display, [...styles, 'strike']);
    case 'inlineCode':
      return [span(node.value, ...styles, 'code')];
    case 'break':
      return [span('\n')];
    case 'html':
      return [span(/^<br\s*\/?>$/i.test(node.value) ? '\n' : node.value, ...styles)];
    case 'link':
    case 'linkReference':
      return linked(spansOf(node.children, display, styles), display.addressOf(node), display);
    case 'image':
    case 'imageReference':
      return linked([span(imageText(node), ...styles)], display.addressOf(node), display);
    case 'footnoteReference':
      return [span(`[^${node.label ?? node.identifier}]`, ...styles)];
  }
}

/** The address is written out where it cannot be carried, and where the text looks like another one. */
function linked(spans: readonly Span[], href: string | null, display: Display): readonly Span[] {
  const text = plainText(spans).trim();
  const isShown = href === null || [text, `http://${text}`].some((each) => webAddress(each) === href);
  const needsAddress = !isShown && (display.writesAddresses || /:\/\/|^www\./i.test(text));
  const carried = spans.map((each) => ({ ...each, href }));
  return needsAddress ? [...carried, span(` (${href})`)] : carried;
}

function imageText({ alt }: Image | ImageReference): string {
  return alt ? alt.replace(/\s+/g, ' ') : 'image';
}
