import type { ConversationMessage } from './moderator.ts';
import { shorten } from './shorten.ts';

const newestMessages = 20;
const characterLimit = 24_000;

/** The newest 20 messages, at most 24,000 characters, oldest first; empty where there is none. */
export function conversationSoFar(messages: readonly ConversationMessage[]): string {
  const kept: string[] = [];
  let left = characterLimit;
  for (const message of messages.slice(-newestMessages).reverse()) {
    const entry = `${message.author.replaceAll(/[\s\p{Cc}]+/gu, ' ')}: ${message.text}`;
    // The newest message is always there, cut if need be; older ones come whole or not at all.
    if (entry.length > left && kept.length > 0) break;
    kept.push(shorten(entry, left));
    left -= entry.length;
    if (left <= 0) break;
  }
  return kept.reverse().join('\n\n');
}
