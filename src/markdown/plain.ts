import { display } from './display.ts';
import { type Glyphs, layBlocks } from './layout.ts';
import { plainText } from './spans.ts';

const glyphs: Glyphs = { bullet: '-', open: '[ ]', done: '[x]', quote: '> ', rule: '-' };

/**
 * Markdown as plain text of at most `width` columns, for pipes, narrow screens and screen readers: no styles, no drawing characters,
 * addresses behind their text. For short texts: parsing takes long where `isCostly(markdown)`.
 */
export function renderPlain(markdown: string, { width }: { readonly width: number }): string {
  const document = display(markdown, { writesAddresses: true });
  const lines = layBlocks(document.blocks, document, { width, glyphs });
  return lines.map((line) => plainText(line).trimEnd()).join('\n');
}
