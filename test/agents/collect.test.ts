import { expect, test } from 'vitest';
import { createCollector, usageSince } from '../../src/agents/collect.ts';
import type { ProviderEvent } from '../../src/agents/provider.ts';

const limits = { characters: 1000, sources: 2, notices: 2 };

function collect(events: readonly ProviderEvent[], cumulative = false) {
  const collector = createCollector(cumulative, limits);
  for (const event of events) collector.see(event);
  return { ...collector.collected(), toolOpen: collector.toolOpen() };
}

const usage = (inputTokens: number, costUsd?: number): ProviderEvent => ({
  type: 'usage',
  inputTokens,
  outputTokens: 1,
  ...(costUsd === undefined ? {} : { costUsd }),
});

test('The last whole answer counts, and without one the text that was said', () => {
  const said: readonly ProviderEvent[] = [
    { type: 'text', text: 'one ' },
    { type: 'text', text: 'two' },
  ];
  expect(collect(said).text.head).toBe('one two');
  const answers: readonly ProviderEvent[] = [
    ...said,
    { type: 'answer', text: 'first' },
    { type: 'answer', text: 'last' },
  ];
  expect(collect(answers).text.head).toBe('last');
});

test('What was reported last decides: an answer after a false alarm, a failure after an answer', () => {
  const alarm: ProviderEvent = { type: 'failure', reason: 'crashed', message: 'x' };
  const answer: ProviderEvent = { type: 'answer', text: 'ok' };
  expect(collect([alarm, answer]).failure).toBeNull();
  expect(collect([answer, alarm]).failure).toEqual(alarm);
});

test('Usage adds up, or is the last sum where the provider reports sums', () => {
  const events = [usage(10), usage(25, 0.5)];
  expect(collect(events).usage).toEqual({ inputTokens: 35, outputTokens: 2, cachedTokens: 0, costUsd: 0.5 });
  expect(collect(events, true).usage).toEqual({ inputTokens: 25, outputTokens: 1, cachedTokens: 0, costUsd: 0.5 });
  expect(collect([]).usage).toBeNull();
});

test('A tool is at work from its beginning to its end', () => {
  const start: ProviderEvent = { type: 'tool', id: 't1', phase: 'start', name: 'Bash' };
  expect(collect([start]).toolOpen).toBe(true);
  expect(collect([start, { ...start, phase: 'end' }]).toolOpen).toBe(false);
});

test('A flood of sources and notices is bounded', () => {
  const source = (line: number): ProviderEvent => ({ type: 'source', path: 'a', line, endLine: line, excerpt: '' });
  const notice = (message: string): ProviderEvent => ({ type: 'notice', message });
  const done = collect([source(1), source(2), source(3), notice('a'), notice('a'), notice('b'), notice('c')]);
  expect(done.sources.map(({ line }) => line)).toEqual([1, 2]);
  expect(done.notices).toEqual(['a', 'b']);
});

test('Late words are kept apart, and a run that only failed did not begin', () => {
  const done = collect([{ type: 'late', text: 'bye' }, usage(1)]);
  expect([done.text.head, done.late.head, done.began]).toEqual(['', 'bye', false]);
  expect(collect([{ type: 'text', text: 'x' }]).began).toBe(true);
});

const sums = (inputTokens: number, costUsd: number | null = null) => ({
  inputTokens,
  outputTokens: inputTokens / 10,
  cachedTokens: 0,
  costUsd,
});

test('What a run used is the difference of the sums of its session', () => {
  expect(usageSince(sums(2100, 0.5), sums(1680, 0.3), false)).toEqual({
    inputTokens: 420,
    outputTokens: 42,
    cachedTokens: 0,
    costUsd: expect.closeTo(0.2),
  });
  expect(usageSince(sums(420), null, true)).toEqual(sums(420));
});

test('Without the sums before, what a resumed run used is not known; sums that went down begin anew', () => {
  expect(usageSince(sums(2100), null, false)).toBeNull();
  expect(usageSince(null, sums(10), false)).toBeNull();
  expect(usageSince(sums(100), sums(2000), false)).toEqual(sums(100));
});
