import { clean } from '../clean.ts';
import { display } from './display.ts';
import { type Glyphs, layBlocks } from './layout.ts';
import type { Span, Style } from './spans.ts';
import { unblocked } from './unblocked.ts';

export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  /** Whether styles may be used at all. */
  readonly color: boolean;
  /** Whether the terminal knows hyperlinks (OSC 8); as `color` when absent. Without, addresses stand behind their text. */
  readonly links?: boolean;
}

const glyphs: Glyphs = { bullet: '•', open: '☐', done: '☑', quote: '│ ', rule: '─' };

const styleCodes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  strike: [9, 29],
  code: [36, 39],
};

/**
 * Markdown for a terminal, wrapped to its width. Whatever the text holds, the only escape sequences in the result are the renderer's own
 * styles, and links to http(s). See `showTerminal` for texts of any size.
 */
export function renderTerminal(markdown: string, { width, color, links = color }: TerminalOptions): string {
  const document = display(markdown, { writesAddresses: !links });
  const lines = layBlocks(document.blocks, document, { width, glyphs });
  return lines.map((line) => line.map((each) => painted(each, color, links)).join('')).join('\n');
}

/** The same for a text of any size, without blocking this thread; what cannot be parsed in time is shown as it is written. */
export async function showTerminal(markdown: string, options: TerminalOptions, signal?: AbortSignal): Promise<string> {
  return unblocked(renderTerminal, import.meta.url, [markdown, options], () => clean(markdown), signal);
}

function painted({ text, styles, href }: Span, color: boolean, links: boolean): string {
  const codes = color ? [...new Set(styles)].map((style) => styleCodes[style]) : [];
  const on = codes.map(([code]) => `\x1b[${code}m`).join('');
  const off = codes.map(([, code]) => `\x1b[${code}m`).join('');
  const styled = `${on}${text}${off}`;
  return href !== null && links ? `\x1b]8;;${href}\x1b\\${styled}\x1b]8;;\x1b\\` : styled;
}
