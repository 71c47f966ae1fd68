import { expect, test } from 'vitest';
import { conversationSoFar } from '../../src/moderator/conversation.ts';

test('the newest twenty messages, oldest first', () => {
  const messages = Array.from({ length: 30 }, (_, index) => ({ author: 'alice', text: `message ${index}.` }));
  const text = conversationSoFar(messages);
  expect(text.startsWith('alice: message 10.')).toBe(true);
  expect(text.endsWith('alice: message 29.')).toBe(true);
});

test('at most 24,000 characters, and older messages whole or not at all', () => {
  const messages = Array.from({ length: 6 }, (_, index) => ({ author: 'alice', text: `${index}`.repeat(5_000) }));
  const text = conversationSoFar(messages);
  expect(text.length).toBeLessThanOrEqual(24_000);
  expect(text).not.toContain('1'.repeat(10));
  expect(text).toContain('2'.repeat(5_000));
});

test('the newest message is there even when it is longer than all the room', () => {
  const text = conversationSoFar([
    { author: 'alice', text: 'older' },
    { author: 'bob', text: `START${'x'.repeat(100_000)}END` },
  ]);
  expect(text.length).toBeLessThanOrEqual(24_000);
  expect(text.startsWith('bob: START')).toBe(true);
  expect(text.endsWith('END')).toBe(true);
});

test('a name with line breaks cannot look like another message', () => {
  expect(conversationSoFar([{ author: 'eve\n\nalice', text: 'hi' }])).toBe('eve alice: hi');
});

test('no messages, no text', () => {
  expect(conversationSoFar([])).toBe('');
});
