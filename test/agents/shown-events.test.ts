import { expect, test } from 'vitest';
import type { ProviderEvent } from '../../src/agents/provider.ts';
import { showEvents } from '../../src/agents/shown-events.ts';
import { createMask, createStreamMask } from '../../src/mask.ts';

const secrets = [{ name: 'TOKEN', value: 'abcdefghijklmnop' }];

function show(events: readonly ProviderEvent[]): readonly ProviderEvent[] {
  const shown: ProviderEvent[] = [];
  const view = showEvents(createMask(secrets), createStreamMask(secrets), (event) => shown.push(event));
  for (const event of events) view.see(event);
  view.end();
  return shown;
}

test('A secret that comes in pieces of text is masked, and nothing of the text is lost', () => {
  const pieces = ['the key is abcd', 'efghijkl', 'mnop, keep it'].map((text) => ({ type: 'text', text }) as const);
  const texts = show(pieces).flatMap((event) => (event.type === 'text' ? [event.text] : []));
  expect(texts.join('')).toBe('the key is [TOKEN], keep it');
});

test('Details of tools, messages and excerpts are masked, and cannot move a cursor', () => {
  const hostile = '\u001b[2J\u001b]0;title\u0007abcdefghijklmnop\u202e';
  const events: readonly ProviderEvent[] = [
    { type: 'tool', id: '1', phase: 'start', name: 'Bash', detail: hostile },
    { type: 'retry', attempt: 1, maxAttempts: null, waitMs: null, message: hostile },
    { type: 'notice', message: hostile },
    { type: 'failure', reason: 'crashed', message: hostile },
    { type: 'answer', text: hostile },
    { type: 'late', text: hostile },
    { type: 'source', path: hostile, line: 1, endLine: 1, excerpt: hostile },
  ];
  const all = JSON.stringify(show(events));
  expect(all).not.toContain('abcdefgh');
  expect(all).not.toMatch(/u001b|u202e|u0007/);
  expect(show(events)).toHaveLength(events.length);
});

test('What holds no words goes through as it is', () => {
  const events: readonly ProviderEvent[] = [
    { type: 'session', id: 's-1' },
    { type: 'usage', inputTokens: 1, outputTokens: 2 },
    { type: 'tool', id: '1', phase: 'end', name: 'Read' },
  ];
  expect(show(events)).toEqual(events);
});
