import type { Attachment, Author, CommandCall, InboundMessage } from '../adapter.ts';

/** Who speaks, where and when. */
export interface Envelope {
  /** Unique: the terminal has no platform that numbers messages. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly author: Author;
  /** `terminal:<name>`. */
  readonly conversation: string;
  readonly from: 'command-line' | 'repl';
}

/** A message or a command of the terminal as the runtime takes it. Where it is answered: the conversation, and the message it belongs to. */
export function terminalMessage(
  envelope: Envelope,
  text: string,
  command: CommandCall | null,
  attachments: readonly Attachment[] = [],
): InboundMessage {
  return {
    id: envelope.id,
    at: envelope.at,
    place: { surface: 'terminal', channel: envelope.from, direct: true, private: true },
    conversation: envelope.conversation,
    addressed: command === null ? 'direct' : 'command',
    author: envelope.author,
    text,
    ...(command === null ? {} : { command }),
    attachments,
    replyTo: { surface: 'terminal', data: { conversation: envelope.conversation, request: envelope.id } },
  };
}

/** A command as somebody would type it, for the history: words with spaces stand in quotes. */
export function commandText(words: readonly string[]): string {
  const quote = (word: string) => (/^[^\s"'\\]+$/u.test(word) ? word : `"${word.replace(/["\\]/gu, '\\$&')}"`);
  return `/${words.map(quote).join(' ')}`;
}

/** A line without the bot's own mention at its beginning, and whether it had one. */
export function withoutMention(line: string): { readonly text: string; readonly addressed: boolean } {
  const mention = /^@tutti(?=$|[\s,:])[\s,:]*/iu.exec(line);
  return { text: mention === null ? line : line.slice(mention[0].length), addressed: mention !== null };
}
