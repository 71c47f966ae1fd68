import { escapeSlack, showSlack } from '../../markdown/slack.ts';
import type { OutboxPart } from '../adapter.ts';
import {
  renderBeginning as beginning,
  cut,
  renderInstead as instead,
  type Rendered,
  type RenderStyle,
  renderPart as render,
} from '../render.ts';

/** 4,000 are taken without being cut or refused; this leaves room for a mention. */
const messageLimit = 3_500;
const shortLimit = 2_900;
const mostMessages = 4;

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

/** What a file should have held, where Slack took none. */
export function renderInstead(
  part: OutboxPart,
  posted: string,
  { mention, isShort, ...options }: RenderOptions,
): Promise<readonly string[]> {
  const limit = isShort === true ? shortLimit : messageLimit;
  const address = mention === null ? '' : `<@${mention}> `;
  return instead(part, posted, slackStyle, limit, { ...options, address });
}

/** The beginning of a text as one message, with the number of characters that were left out. */
export function renderBeginning(markdown: string, signal?: AbortSignal): Promise<string> {
  return beginning(markdown, slackStyle, messageLimit, signal);
}

/** What is said of a message or a command to one person. */
export function renderSentence(sentence: string): string {
  return cut(escapeSlack(sentence), shortLimit, slackStyle);
}
