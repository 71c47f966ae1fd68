import { escapeSlack, showSlack } from '../../markdown/slack.ts';
import type { OutboxPart } from '../adapter.ts';
import { renderBeginning as beginning, cut, type Rendered, type RenderStyle, renderPart as render } from '../render.ts';

/** 4,000 are taken without being cut or refused; this leaves room for a mention. */
const messageLimit = 3_500;
const shortLimit = 2_900;
const mostMessages = 4;
/** Of a text that should have been a file. */
const mostInstead = 40;

/** How Slack writes what stands around an answer. */
export const slackStyle: RenderStyle = {
  show: showSlack,
  escape: escapeSlack,
  aside: (text) => `_${escapeSlack(text).replaceAll('_', '\u02cd')}_`,
  code: (text) => `\`${escapeSlack(text).replaceAll('`', 'ˋ')}\``,
  halves: /&[a-z]*$/,
};

export interface RenderOptions {
  /** The id of the person to be told, or null. */
  readonly mention: string | null;
  /** What only one person sees, and what buttons stand under, may be less long. */
  readonly isShort?: boolean;
  readonly signal?: AbortSignal;
}

/** Renders a part: messages that Slack takes as they are, with sources and footer under the text. */
export function renderPart(part: OutboxPart, { mention, isShort, ...options }: RenderOptions): Promise<Rendered> {
  const limit = isShort === true ? shortLimit : messageLimit;
  const address = mention === null ? '' : `<@${mention}> `;
  return render(part, slackStyle, { limit, mostMessages }, { ...options, address });
}

/** What a file should have held, where Slack took none: messages that go on where the one that was posted first ends. */
export async function renderInstead(
  part: OutboxPart,
  posted: string,
  { mention, isShort, ...options }: RenderOptions,
): Promise<readonly string[]> {
  const limits = { limit: isShort === true ? shortLimit : messageLimit, mostMessages: Number.POSITIVE_INFINITY };
  const address = mention === null ? '' : `<@${mention}> `;
  // Sources and footer stand under what was posted.
  const text = { ...part, data: null, footer: null };
  const { messages } = await render(text, slackStyle, limits, { ...options, address });
  const left = posted.startsWith(messages[0] ?? '') ? messages.slice(1) : messages;
  const more = left.slice(mostInstead).reduce((sum, { length }) => sum + length, 0);
  return [
    slackStyle.aside('Slack did not take the file; the text goes on here.'),
    ...left.slice(0, mostInstead),
    ...(more === 0 ? [] : [slackStyle.aside(`… ${more} more characters; the history has all of it.`)]),
  ];
}

/** The beginning of a text as one message, with the number of characters that were left out. */
export function renderBeginning(markdown: string, signal?: AbortSignal): Promise<string> {
  return beginning(markdown, slackStyle, messageLimit, signal);
}

/** What is said of a message or a command to one person. */
export function renderSentence(sentence: string): string {
  return cut(escapeSlack(sentence), shortLimit, slackStyle);
}
