import { clean } from '../../clean.ts';
import type { OutboxPart } from '../adapter.ts';
import { citationsOf } from '../sources.ts';
import { sourceLines } from './sources.ts';
import { createStyle, type Style } from './style.ts';

/** Markdown as lines for a terminal; brought by the composition root, so that the renderer is loaded when the first answer comes. */
export type RenderMarkdown = (
  markdown: string,
  options: { readonly width: number; readonly codeWidth: number; readonly color: boolean },
) => Promise<string>;

/** How parts are shown: rendered for a terminal, or as markdown where something else reads it. */
export interface AnswerView {
  readonly render: RenderMarkdown;
  readonly rendered: boolean;
  readonly color: boolean;
  readonly width: number;
  directoryOf(agent: string): string | null;
}

/**
 * A part as people read it: the text, its checked sources, its footer; marked when it may have been printed before. Ends with a
 * newline.
 */
export async function answerText(part: OutboxPart, view: AnswerView): Promise<string> {
  if (part.verbatim !== undefined) return part.verbatim.endsWith('\n') ? part.verbatim : `${part.verbatim}\n`;
  const style = createStyle(view.rendered && view.color);
  const body = view.rendered ? await renderedBody(part.markdown, view) : clean(part.markdown);
  const under = underneath(part, style, view).map((block) => (view.rendered ? indent(block) : block));
  return `${[...(part.again ? [again(style, view)] : []), body.trimEnd(), ...under].filter((block) => block !== '').join('\n\n')}\n`;
}

/** The part without what was told already: who gave no answer, and why. */
export function withoutFailures(part: OutboxPart): OutboxPart {
  const { markdown, failures } = part;
  if (failures === undefined) return part;
  if (markdown.endsWith(`\n\n${failures}`)) return { ...part, markdown: markdown.slice(0, -failures.length - 2) };
  return markdown.startsWith(`${failures}\n\n`) ? { ...part, markdown: markdown.slice(failures.length + 2) } : part;
}

/** Lines that are longer than this are hard to read, however wide the terminal is. */
const readable = 110;
const margin = 2;

async function renderedBody(markdown: string, view: AnswerView): Promise<string> {
  const codeWidth = Math.max(20, view.width - 2 * margin);
  const width = Math.min(readable, codeWidth);
  return indent(await view.render(markdown, { width, codeWidth, color: view.color }));
}

function again(style: Style, view: AnswerView): string {
  const text = style.dim('(again)');
  return view.rendered ? indent(text) : text;
}

function underneath(part: OutboxPart, style: Style, view: AnswerView): readonly string[] {
  const sources = sourceLines(citationsOf(part.data), style, view.rendered ? view : null).join('\n');
  return [sources, part.footer === null ? '' : style.dim(clean(part.footer))];
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gmu, '  ');
}
