import { expect, test } from 'vitest';
import { apiFailure } from '../../src/agents/api-failure.ts';

test.each([
  ['401 invalid x-api-key', undefined, 'not-signed-in'],
  ['unexpected status 401 Unauthorized', undefined, 'not-signed-in'],
  ['no', 401, 'not-signed-in'],
  ['no', 402, 'quota'],
  ['no', 403, 'denied'],
  ['Rate limit reached', 429, 'rate-limited'],
  ['You exceeded your current quota, please check your plan and billing details', 429, 'quota'],
  ['exceeded retry limit, last status: 429 Too Many Requests', undefined, 'rate-limited'],
  ["This model's maximum context length is 128000 tokens", 400, 'context-full'],
  ['The input token count exceeds the maximum number of tokens allowed', 400, 'context-full'],
  ['prompt is too long: 210000 tokens', 400, 'context-full'],
  ['Request too large', 413, 'context-full'],
  ['Internal server error', 500, 'crashed'],
  ['the file has 401 lines and 429 words', undefined, 'crashed'],
] as const)('"%s" with the status %s is %s', (message, status, reason) => {
  expect(apiFailure(message, status)).toMatchObject({ reason, message });
});

test.each([
  ['Please try again in 1.5s', 1500],
  ['retry after 20 seconds', 20_000],
  ['Try again in 3 minutes.', 180_000],
  ['Rate limit reached', undefined],
] as const)('"%s" says to wait %s ms', (message, wait) => {
  expect(apiFailure(message, 429).retryAfterMs).toBe(wait);
});

test('A message of any length is kept short', () => {
  expect(apiFailure('x'.repeat(5000)).message).toHaveLength(1000);
});
