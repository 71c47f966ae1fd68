import type { AskStatus } from '../adapters/adapter.ts';
import type { Mask } from '../mask.ts';
import type { Excerpt } from './excerpt.ts';
import type { FailureReason } from './provider.ts';

/** Characters that are kept of a reply: its first and its last half. */
export const replyLimit = 1024 * 1024;
/** Kept beyond the cut until masking is done, so that no half of a secret stands at it. */
const overlap = 64 * 1024;
/** Longer than any secret: so much at a raw cut may hold a part of one. */
const margin = 16 * 1024;
/** What an excerpt has to keep for `maskedText`. */
export const excerptLimit = replyLimit + 2 * overlap;

const stderrLimit = 2000;

export interface ReplyText {
  readonly text: string;
  readonly truncated: boolean;
}

/** Masks what was said, then cuts it to the limit. Pure. */
export function maskedText(said: Excerpt, mask: Mask): ReplyText {
  const half = replyLimit / 2;
  if (said.truncated) {
    const [head, tail] = [mask(said.head), mask(said.tail)];
    const [first, last] = [Math.min(half, head.length - margin), Math.min(half, tail.length - margin)];
    const left = said.characters - first - last;
    return { text: joined(head.slice(0, first), tail.slice(-last), left), truncated: true };
  }
  const text = mask(said.head);
  if (text.length <= replyLimit) return { text, truncated: false };
  return { text: joined(text.slice(0, half), text.slice(-half), text.length - replyLimit), truncated: true };
}

function joined(head: string, tail: string, left: number): string {
  return `${head.replace(/[\uD800-\uDBFF]$/, '')}\n\n[… ${left} characters left out …]\n\n${tail.replace(/^[\uDC00-\uDFFF]/, '')}`;
}

/** The end of what a provider said on stderr, from a line's beginning where there is one. Null when it said nothing. Pure. */
export function stderrTail(stderr: string, mask: Mask): string | null {
  const text = mask(stderr).trim();
  if (text === '') return null;
  if (text.length <= stderrLimit) return text;
  const tail = text.slice(-stderrLimit);
  const lineStart = tail.indexOf('\n') + 1;
  return lineStart > 0 && lineStart < stderrLimit / 2 ? tail.slice(lineStart) : tail;
}

/** How an ask that failed for this reason ended. Pure. */
export function statusOf(reason: FailureReason): AskStatus {
  switch (reason) {
    case 'timed-out':
    case 'silent':
      return 'timed-out';
    case 'cancelled':
      return 'stopped';
    default:
      return 'failed';
  }
}
