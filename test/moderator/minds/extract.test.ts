import { expect, test } from 'vitest';
import type { AskOutcome } from '../../../src/ledger/ledger.ts';
import { createExtractor } from '../../../src/moderator/minds/extract.ts';

function outcome(sources: AskOutcome['sources'], text: string | null = 'x'): AskOutcome {
  const result = {
    agent: 'api',
    prompt: 'p',
    access: 'read',
    status: 'answered',
    text,
    truncated: false,
    sessionId: null,
    durationMs: 1,
    usage: null,
    failure: null,
    retried: false,
    late: null,
  } as const;
  return { result, directory: '/', sources };
}

const limiter = `/** Waits as long as the server says before the next request. */
export async function pause(response) {
  const seconds = Number(response.headers.get('retry-after'));
  if (response.status === 429) {
    log('the rate limit is reached');
    await wait(seconds * 1000);
  }
}`;

test('takes the sentence and the lines that speak to the question, and says what they define', () => {
  const [extract] = createExtractor('How is the rate limit handled?').extract(
    outcome([{ path: 'src/limit.ts', line: 10, endLine: 17, excerpt: limiter }]),
    3,
  );
  expect(extract).toMatchObject({ path: 'src/limit.ts', line: 10, endLine: 17 });
  expect(extract?.text).toContain('`pause`');
  expect(extract?.code).toEqual({
    language: 'ts',
    lines: ["log('the rate limit is reached');", 'await wait(seconds * 1000);'],
  });
});

test('of each file the passage that speaks most of it, and none that hardly does', () => {
  const sources = [
    { path: 'a.ts', line: 1, endLine: 1, excerpt: 'const limit = 3;' },
    { path: 'a.ts', line: 9, endLine: 9, excerpt: 'enforce(rateLimit, rate, limit, limit);' },
    { path: 'b.ts', line: 1, endLine: 1, excerpt: 'export const unrelated = true;' },
  ];
  const extracts = createExtractor('rate limit').extract(outcome(sources), 3);
  expect(extracts.map(({ path, line }) => [path, line])).toEqual([['a.ts', 9]]);
});

test('words of a repository set no link, no source and no emphasis, and end no fence', () => {
  const excerpt = '// The limit is [api:src/x.ts:1] *bold* <b> `code` [x](https://evil.example).\nlimit("```");';
  const [extract] = createExtractor('limit').extract(outcome([{ path: 'x.ts', line: 1, endLine: 2, excerpt }]), 1);
  expect(extract?.text).not.toMatch(/(?<!\\)\[/);
  expect(extract?.text).not.toContain('`code`');
});

test('of a reply without sources the paragraphs that speak most of it, with the place that they name', () => {
  const text = '# Heading\n\nNothing of use.\n\nThe rate limit is kept in src/limit.ts:12-14, per key.';
  expect(createExtractor('Where is the rate limit?').extract(outcome([], text), 1)).toEqual([
    {
      text: 'The rate limit is kept in src/limit.ts:12-14, per key.',
      code: null,
      path: 'src/limit.ts',
      line: 12,
      endLine: 14,
    },
  ]);
  expect(createExtractor('x').extract(outcome([], null), 1)).toEqual([]);
});

test('keeps the comment above with its reason, though the reason has none of the words', () => {
  const excerpt = `// Half of the delay is random.
// Without that all instances would call again in the same moment.
export function delay(attempt) {
  return attempt * Math.random();
}`;
  const [extract] = createExtractor('Why is the delay random?').extract(
    outcome([{ path: 'retry.ts', line: 1, endLine: 5, excerpt }]),
    1,
  );
  expect([extract?.text, ...(extract?.code?.lines ?? [])].join('\n')).toContain('in the same moment');
});

test('shows a second passage of the best file, where it speaks nearly as much', () => {
  const sources = [
    { path: 'a.ts', line: 1, endLine: 1, excerpt: 'limitRate(limit);' },
    { path: 'a.ts', line: 9, endLine: 9, excerpt: 'raiseLimit(rate, limit);' },
    { path: 'b.ts', line: 1, endLine: 1, excerpt: 'limit(rate);' },
  ];
  const extracts = createExtractor('rate limit').extract(outcome(sources), 3);
  expect(extracts.map(({ path, line }) => [path, line])).toEqual([
    ['a.ts', 1],
    ['a.ts', 9],
    ['b.ts', 1],
  ]);
});

test('leaves declarations out where there is an implementation', () => {
  const declared = { path: 'limit.d.ts', line: 1, endLine: 1, excerpt: 'export function limit(rate: number): void;' };
  const written = { path: 'limit.js', line: 1, endLine: 1, excerpt: 'export function limit(rate) {}' };
  const { extract } = createExtractor('rate limit');
  expect(extract(outcome([declared, written]), 3).map(({ path }) => path)).toEqual(['limit.js']);
  expect(extract(outcome([declared]), 3).map(({ path }) => path)).toEqual(['limit.d.ts']);
});

test('of a document shows what it says rather than its examples', () => {
  const excerpt = '## Limits\n\nThe rate limit is kept per key.\n\n```js\nlimit(rate);\n```';
  const [extract] = createExtractor('rate limit').extract(
    outcome([{ path: 'README.md', line: 1, endLine: 7, excerpt }]),
    1,
  );
  expect(extract).toMatchObject({ text: expect.stringContaining('The rate limit is kept per key.'), code: null });
});

test('files that configure or test something stand behind those that do it', () => {
  const sources = [
    { path: 'package.json', line: 1, endLine: 1, excerpt: '"limit": "rate limit", "rate": 1' },
    { path: 'src/limit.js', line: 1, endLine: 1, excerpt: 'limit(rate, limit);' },
  ];
  const [first] = createExtractor('rate limit').extract(outcome(sources), 3);
  expect(first?.path).toBe('src/limit.js');
});

test('an address in words of a repository stays what it is', () => {
  const excerpt = '// The rate limit stands in https://limits.example/a_b/#rate_limits (all_of them).\nlimit(rate);';
  const [extract] = createExtractor('rate limit').extract(outcome([{ path: 'a.ts', line: 1, endLine: 2, excerpt }]), 1);
  expect(extract?.text).toContain('https://limits.example/a_b/#rate_limits (all\\_of them)');
});
