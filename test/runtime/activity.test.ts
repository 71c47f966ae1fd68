import { expect, test } from 'vitest';
import { activityOf } from '../../src/runtime/activity.ts';

test('says in one short line what an agent is doing', () => {
  expect(activityOf({ type: 'tool', id: '1', phase: 'start', name: 'Bash', detail: 'rg\n  "x"' })).toBe('Bash: rg "x"');
  expect(activityOf({ type: 'tool', id: '1', phase: 'start', name: 'Read' })).toBe('Read');
  expect(activityOf({ type: 'tool', id: '1', phase: 'start', name: 'Bash', detail: 'x'.repeat(500) })).toHaveLength(86);
  expect(activityOf({ type: 'text', text: 'so' })).toBe('writing');
  expect(activityOf({ type: 'retry', attempt: 2, maxAttempts: 10, waitMs: 500, message: '429' })).toBe(
    'retrying (2 of 10): 429',
  );
});

test('events that end or count something change nothing on the line', () => {
  expect(activityOf({ type: 'tool', id: '1', phase: 'end', name: 'Bash' })).toBeNull();
  expect(activityOf({ type: 'usage', inputTokens: 1, outputTokens: 1 })).toBeNull();
});
