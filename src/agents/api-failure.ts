import type { FailureReason } from './provider.ts';

/** What the model's endpoint answered with, as far as a CLI passes it on. */
export interface ApiFailure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly retryAfterMs?: number;
}

const contextWords =
  /context (?:length|window)|maximum (?:number of tokens|prompt length)|prompt is too long|input is too long|too many tokens/i;
const quotaWords = /quota|billing|credit balance|usage limit|insufficient/i;

/**
 * Sorts an error of a model's endpoint. Only for texts that a CLI reports as an error: words of a model would be taken for one.
 * `status` is the HTTP status; null takes the one that the message begins with.
 */
export function apiFailure(message: string, status: number | null = statusAtStart(message)): ApiFailure {
  const wait = retryAfter(message);
  return {
    reason: reasonOf(message, status),
    message: message.slice(0, 1000),
    ...(wait === null ? {} : { retryAfterMs: wait }),
  };
}

function reasonOf(message: string, status: number | null): FailureReason {
  if (status === 401) return 'not-signed-in';
  if (status === 403) return 'denied';
  if (status === 402) return 'quota';
  if (status === 429) return quotaWords.test(message) ? 'quota' : 'rate-limited';
  if (status === 413 || contextWords.test(message)) return 'context-full';
  return 'crashed';
}

function statusAtStart(message: string): number | null {
  const found = /^(?:HTTP |unexpected status |exceeded retry limit, last status: )?([45]\d\d)\b/i.exec(message)?.[1];
  return found === undefined ? null : Number(found);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** "Please try again in 1.5s", "retry in 20 seconds": in milliseconds. */
function retryAfter(message: string): number | null {
  const found = /(?:try again|retry)(?: in| after)? ([\d.]+) ?(ms|s|m|h)/i.exec(message);
  const unit = units[found?.[2]?.toLowerCase() ?? ''];
  return found === null || unit === undefined ? null : Math.round(Number(found[1]) * unit);
}
