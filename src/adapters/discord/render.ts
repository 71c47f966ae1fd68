import { escapeDiscord, quietDiscord, showDiscord } from '../../markdown/discord.ts';
import type { OutboxPart } from '../adapter.ts';
import {
  renderBeginning as beginning,
  cut,
  renderInstead as instead,
  type Rendered,
  type RenderStyle,
  renderPart as render,
} from '../render.ts';

/** Discord takes 2,000. */
const messageLimit = 2_000;
const mostMessages = 4;
const announcementLimit = 1_500;

/** How Discord writes what stands around an answer. */
export const discordStyle: RenderStyle = {
  show: showDiscord,
  escape: escapeDiscord,
  aside: (text) => `-# ${escapeDiscord(text).replaceAll('\n', ' ')}`,
  code: (text) => `\`${quietDiscord(text).replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\``,
  halves: /\\$/,
};

export interface RenderOptions {
  /** The id of the person to be told, or null. */
  readonly mention: string | null;
  readonly signal?: AbortSignal;
}

/** Renders a part: messages that Discord takes as they are, with sources and footer under the text. */
export function renderPart(part: OutboxPart, { mention, ...options }: RenderOptions): Promise<Rendered> {
  const address = mention === null ? '' : `<@${mention}> `;
  return render(part, discordStyle, { limit: messageLimit, mostMessages }, { ...options, address });
}

/** What a file should have held, where Discord took none. */
export function renderInstead(
  part: OutboxPart,
  posted: string,
  { mention, ...options }: RenderOptions,
): Promise<readonly string[]> {
  const address = mention === null ? '' : `<@${mention}> `;
  return instead(part, posted, discordStyle, messageLimit, { ...options, address });
}

/** The beginning of a text as one message (with room for a name above it), and the number of characters that were left out. */
export function renderBeginning(markdown: string, signal?: AbortSignal): Promise<string> {
  return beginning(markdown, discordStyle, messageLimit - 100, signal);
}

/** What is said of a message or a command, in one message with room for a mention. */
export function renderSentence(sentence: string): string {
  return cut(escapeDiscord(sentence), messageLimit - 100, discordStyle);
}

/** A question for everybody to see. */
export function renderAnnouncement(user: string, question: string): string {
  return `<@${user}> asks: ${cut(escapeDiscord(question), announcementLimit, discordStyle)}`;
}
