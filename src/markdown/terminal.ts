import { clean } from '../clean.ts';
import { display } from './display.ts';
import { type Glyphs, type Highlight, layBlocks } from './layout.ts';
import type { Span, Style } from './spans.ts';
import { unblocked } from './unblocked.ts';

export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  /** Columns that a line of code may take; as `width` when absent. */
  readonly codeWidth?: number;
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
  keyword: [35, 39],
  string: [32, 39],
  number: [33, 39],
  comment: [2, 22],
  removed: [31, 39],
};

/**
 * Markdown for a terminal, wrapped to its width. Whatever the text holds, the only escape sequences in the result are the renderer's own
 * styles, and links to http(s). See `showTerminal` for texts of any size.
 */
export function renderTerminal(
  markdown: string,
  { width, codeWidth = width, color, links = color }: TerminalOptions,
  highlight: Highlight | null = null,
): string {
  const document = display(markdown, { writesAddresses: !links });
  const lines = layBlocks(document.blocks, document, { width, codeWidth, glyphs, highlight });
  return lines.map((line) => line.map((each) => painted(each, color, links)).join('')).join('\n');
}

/** The same with code in the colours of its language. */
export async function renderColored(markdown: string, options: TerminalOptions): Promise<string> {
  const colors = options.color && /```|~~~/u.test(markdown);
  return renderTerminal(markdown, options, colors ? (await import('./highlight.ts')).highlight : null);
}

/** The same for a text of any size, without blocking this thread; what cannot be parsed in time is shown as it is written. */
export async function showTerminal(markdown: string, options: TerminalOptions, signal?: AbortSignal): Promise<string> {
  return unblocked(renderColored, import.meta.url, [markdown, options], () => clean(markdown), signal);
}

function painted({ text, styles, href }: Span, color: boolean, links: boolean): string {
  const codes = color ? [...new Set(styles)].map((style) => styleCodes[style]) : [];
  const on = codes.map(([code]) => `\x1b[${code}m`).join('');
  const off = codes.map(([, code]) => `\x1b[${code}m`).join('');
  const styled = `${on}${text}${off}`;
  return href !== null && links ? `\x1b]8;;${href}\x1b\\${styled}\x1b]8;;\x1b\\` : styled;
}
