import { escapeSlack, showSlack } from '../../markdown/slack.ts';
import type { Citation, OutboxPart } from '../adapter.ts';
import { citationsOf, locationOf, problemOf } from '../sources.ts';

/** A part as Slack gets it: messages in order, and what is too long for them as a file. */
export interface Rendered {
  readonly messages: readonly string[];
  readonly file: { readonly name: string; readonly content: string } | null;
}

/** 4,000 are taken without being cut or refused; this leaves room for a mention. */
const messageLimit = 3_500;
const privateLimit = 2_900;
const mostMessages = 4;
const mostSources = 15;

export interface RenderOptions {
  /** The id of the person to be told, or null. */
  readonly mention: string | null;
  /** What only one person sees may be less long. */
  readonly isPrivate?: boolean;
  readonly signal?: AbortSignal;
}

/** Renders a part: messages that Slack takes as they are, with sources and footer under the text. */
export async function renderPart(part: OutboxPart, { mention, isPrivate, signal }: RenderOptions): Promise<Rendered> {
  const limit = isPrivate === true ? privateLimit : messageLimit;
  const address = mention === null ? '' : `<@${mention}> `;
  const whole = part.verbatim ?? part.markdown;
  const shown = await showSlack(part.verbatim === undefined ? whole : fenced(whole), { limit }, signal);
  const under = underneath(part);
  const isLong = shown.length > mostMessages;
  const beginning = isLong ? [shown[0] ?? '', '_… the whole text is in the file below._'] : shown;
  const messages = joined([...beginning, ...under], limit);
  return {
    messages: messages.map((text, index) => (index === 0 ? `${address}${text}` : text)),
    file: isLong ? { name: `${part.kind}-${part.id.replace(/[^\w-]/g, '')}.md`, content: fileText(part, whole) } : null,
  };
}

/** The beginning of a text as one message, with the number of characters that were left out. */
export async function renderBeginning(markdown: string, signal?: AbortSignal): Promise<string> {
  const parts = await showSlack(markdown, { limit: messageLimit - 100 }, signal);
  const left = parts.slice(1).reduce((sum, part) => sum + part.length, 0);
  return left === 0 ? (parts[0] ?? '') : `${parts[0]}\n_… ${left} more characters; the history has all of it._`;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function underneath(part: OutboxPart): readonly string[] {
  const citations = citationsOf(part.data);
  const footer = part.footer === null ? [] : [`_${escapeSlack(part.footer).replaceAll('_', '\u02cd')}_`];
  if (citations.length === 0) return footer;
  const shown = citations.slice(0, mostSources).map(sourceText);
  const more = citations.length - shown.length;
  return [`Sources: ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(' · ')}`, ...footer];
}

function sourceText(citation: Citation): string {
  const problem = problemOf(citation);
  const place = locationOf(citation);
  const where = place === '' ? '' : ` \`${escapeSlack(place).replaceAll('`', 'ˋ')}\``;
  return `${citation.n} ${citation.verified ? '✓' : '✗'} ${escapeSlack(citation.agent)}${where}${problem === null ? '' : ` (${problem})`}`;
}

/** Texts put together as far as they fit into one message. */
function joined(texts: readonly string[], limit: number): readonly string[] {
  const messages: string[] = [];
  for (const text of texts) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + 2 + text.length <= limit)
      messages[messages.length - 1] = `${last}\n\n${text}`;
    else messages.push(cut(text, limit));
  }
  return messages;
}

/** What nobody could split before: a list of sources with names of any length. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 2).replace(/&[a-z]*$|[\ud800-\udbff]$/, '')} …`;
}

function fileText(part: OutboxPart, whole: string): string {
  const sources = citationsOf(part.data).map(
    (citation) => `${citation.n}. ${citation.verified ? '✓' : '✗'} ${citation.agent} ${locationOf(citation)}`,
  );
  return [whole, ...(sources.length === 0 ? [] : ['## Sources', sources.join('\n')]), part.footer ?? '']
    .filter((text) => text !== '')
    .join('\n\n');
}
