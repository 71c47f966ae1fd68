import { clean } from '../clean.ts';
import { display } from './display.ts';
import { type Glyphs, layBlocks } from './layout.ts';
import { plainText } from './spans.ts';
import { unblocked } from './unblocked.ts';

const glyphs: Glyphs = { bullet: '-', open: '[ ]', done: '[x]', quote: '> ', rule: '-' };

export interface PlainOptions {
  /** Columns. */
  readonly width: number;
}

/**
 * Markdown as plain text of at most `width` columns, for pipes, narrow screens and screen readers: no styles, no drawing characters,
 * addresses behind their text. See `showPlain` for texts of any size.
 */
export function renderPlain(markdown: string, { width }: PlainOptions): string {
  const document = display(markdown, { writesAddresses: true });
  const lines = layBlocks(document.blocks, document, { width, glyphs });
  return lines.map((line) => plainText(line).trimEnd()).join('\n');
}

/** The same for a text of any size, without blocking this thread; what cannot be parsed in time is shown as it is written. */
export async function showPlain(markdown: string, options: PlainOptions, signal?: AbortSignal): Promise<string> {
  return unblocked(renderPlain, import.meta.url, [markdown, options], () => clean(markdown), signal);
}
