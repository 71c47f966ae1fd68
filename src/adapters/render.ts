import type { Citation, OutboxPart } from './adapter.ts';
import { citationsOf, locationOf, problemOf } from './sources.ts';

/** A part as a platform gets it: messages in order, and what is too long for them as a file. */
export interface Rendered {
  readonly messages: readonly string[];
  readonly file: { readonly name: string; readonly content: string } | null;
}

/** How a platform writes what stands around a text. */
export interface RenderStyle {
  /** Markdown as messages of at most `limit` units each. */
  show(
    markdown: string,
    options: { readonly limit: number },
    signal: AbortSignal | undefined,
  ): Promise<readonly string[]>;
  /** Text in which nothing is markup and nothing mentions anybody. */
  escape(text: string): string;
  /** The same, and set apart as less important. Takes text that is not escaped. */
  aside(text: string): string;
  code(text: string): string;
  /** A text is cut before this at its end: what would be half of something. */
  readonly halves: RegExp;
}

export interface RenderLimits {
  /** Units of a message. */
  readonly limit: number;
  /** More of them become a file. */
  readonly mostMessages: number;
}

const mostSources = 15;
/** Messages of a text that should have been a file. */
const mostInstead = 40;

/** Renders a part: messages that a platform takes as they are, with sources and footer under the text, the address before it. */
export async function renderPart(
  part: OutboxPart,
  style: RenderStyle,
  { limit, mostMessages }: RenderLimits,
  options: { readonly address: string; readonly signal?: AbortSignal },
): Promise<Rendered> {
  const whole = part.verbatim ?? part.markdown;
  const room = limit - options.address.length;
  const source = part.verbatim === undefined ? whole : fenced(whole);
  const shown = await style.show(source, { limit: room }, options.signal);
  const isLong = shown.length > mostMessages;
  const beginning = isLong ? [shown[0] ?? '', style.aside('… the whole text is in the file below.')] : shown;
  const messages = joined([...beginning, ...underneath(part, style)], room, style);
  return {
    messages: messages.map((text, index) => (index === 0 ? `${options.address}${text}` : text)),
    file: isLong ? { name: fileName(part), content: fileText(part, whole) } : null,
  };
}

/** What a file should have held, where a platform took none: messages that go on where the one that was posted first ends. */
export async function renderInstead(
  part: OutboxPart,
  posted: string,
  style: RenderStyle,
  limit: number,
  options: { readonly address: string; readonly signal?: AbortSignal },
): Promise<readonly string[]> {
  // Sources and footer stand under what was posted.
  const text = { ...part, data: null, footer: null };
  const { messages } = await renderPart(text, style, { limit, mostMessages: Number.POSITIVE_INFINITY }, options);
  const left = posted.startsWith(messages[0] ?? '') ? messages.slice(1) : messages;
  const more = left.slice(mostInstead).reduce((sum, { length }) => sum + length, 0);
  return [
    style.aside('The file was not taken here; the text goes on in messages.'),
    ...left.slice(0, mostInstead),
    ...(more === 0 ? [] : [style.aside(`… ${more} more characters; the history has all of it.`)]),
  ];
}

/** The beginning of a text as one message, with the number of characters that were left out. */
export async function renderBeginning(
  markdown: string,
  style: RenderStyle,
  limit: number,
  signal?: AbortSignal,
): Promise<string> {
  const parts = await style.show(markdown, { limit: limit - 100 }, signal);
  const left = parts.slice(1).reduce((sum, part) => sum + part.length, 0);
  const note = style.aside(`… ${left} more characters; the history has all of it.`);
  return left === 0 ? (parts[0] ?? '') : `${parts[0]}\n${note}`;
}

/** A text that is too long, without its end. */
export function cut(text: string, limit: number, { halves }: Pick<RenderStyle, 'halves'>): string {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit - 2).replace(/[\ud800-\udbff]$/, '');
  return `${start.replace(halves, '')} …`;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function underneath(part: OutboxPart, style: RenderStyle): readonly string[] {
  const citations = citationsOf(part.data);
  const footer = part.footer === null ? [] : [style.aside(part.footer)];
  if (citations.length === 0) return footer;
  const shown = citations.slice(0, mostSources).map((citation) => sourceText(citation, style));
  const more = citations.length - shown.length;
  return [`Sources: ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(' · ')}`, ...footer];
}

function sourceText(citation: Citation, style: RenderStyle): string {
  const problem = problemOf(citation);
  const place = locationOf(citation);
  const where = place === '' ? '' : ` ${style.code(place)}`;
  return `${citation.n} ${citation.verified ? '✓' : '✗'} ${style.escape(citation.agent)}${where}${problem === null ? '' : ` (${problem})`}`;
}

/** Texts put together as far as they fit into one message. What nobody could split before, such as a list of sources, is cut. */
function joined(texts: readonly string[], limit: number, style: RenderStyle): readonly string[] {
  const messages: string[] = [];
  for (const text of texts) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + 2 + text.length <= limit)
      messages[messages.length - 1] = `${last}\n\n${text}`;
    else messages.push(cut(text, limit, style));
  }
  return messages;
}

function fileName({ kind, id, verbatim }: OutboxPart): string {
  const type = verbatim !== undefined && /^\s*\{/.test(verbatim) ? 'json' : 'md';
  return `${kind}-${id.replace(/[^\w-]/g, '')}.${type}`;
}

function fileText(part: OutboxPart, whole: string): string {
  const sources = citationsOf(part.data).map(
    (citation) => `${citation.n}. ${citation.verified ? '✓' : '✗'} ${citation.agent} ${locationOf(citation)}`,
  );
  return [whole, ...(sources.length === 0 ? [] : ['## Sources', sources.join('\n')]), part.footer ?? '']
    .filter((text) => text !== '')
    .join('\n\n');
}
