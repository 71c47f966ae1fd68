import { expect, test } from 'vitest';
import type { ProviderEvent } from '../../../src/agents/provider.ts';
import { claudeReader } from '../../../src/agents/providers/claude-reader.ts';
import { testTurn } from '../../contracts/provider.ts';

function read(...lines: readonly object[]): readonly ProviderEvent[] {
  const reader = claudeReader(testTurn({ access: 'edit' }));
  return lines.flatMap((line) => reader.parse(JSON.stringify(line)));
}

function assistant(content: readonly object[], more: object = {}) {
  return { type: 'assistant', message: { content }, parent_tool_use_id: null, ...more };
}

const words = (events: readonly ProviderEvent[]) =>
  events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');

test('Blocks of text are set apart from each other, streamed or whole', () => {
  const block = (text: string) => ({ type: 'text', text });
  expect(words(read(assistant([block('One.')]), assistant([block('Two.'), block('Three.')])))).toBe(
    'One.\n\nTwo.\n\nThree.',
  );
  const stream = (event: object) => ({ type: 'stream_event', event, parent_tool_use_id: null });
  const message = (...texts: readonly string[]) => [
    stream({ type: 'message_start', message: {} }),
    stream({ type: 'content_block_start', content_block: { type: 'text', text: '' } }),
    ...texts.map((text) => stream({ type: 'content_block_delta', delta: { type: 'text_delta', text } })),
    assistant([block(texts.join(''))]),
  ];
  expect(words(read(...message('O', 'ne.'), ...message('Two', '.')))).toBe('One.\n\nTwo.');
});

test('What subagents say is not said by the agent, but their tools are at work', () => {
  const events = read(
    assistant(
      [
        { type: 'text', text: 'inner' },
        { type: 'tool_use', id: 't9', name: 'Read', input: { file_path: 'a' } },
      ],
      {
        parent_tool_use_id: 't1',
      },
    ),
  );
  expect(events).toEqual([{ type: 'tool', id: 't9', phase: 'start', name: 'Read', detail: 'a' }]);
});

test('A retry says what the API answered, and what it means', () => {
  const retry = (error_status: number | null, error: string) =>
    read({
      type: 'system',
      subtype: 'api_retry',
      attempt: 2,
      max_retries: 10,
      retry_delay_ms: 613,
      error_status,
      error,
    })[0];
  expect(retry(401, 'authentication_failed')).toEqual({
    type: 'retry',
    attempt: 2,
    maxAttempts: 10,
    waitMs: 613,
    message: 'The API answers 401, authentication failed',
    reason: 'not-signed-in',
  });
  expect(retry(429, 'rate_limit')).toMatchObject({ reason: 'rate-limited' });
  expect(retry(529, 'overloaded')).toMatchObject({ reason: 'crashed' });
  expect(retry(null, 'unknown')).toMatchObject({ message: 'The API cannot be reached (unknown)', reason: 'crashed' });
});

test('An answer that was asked for by a schema is the object, and nothing around it', () => {
  const result = {
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: 'Here it is',
    structured_output: { next: 'ask' },
  };
  expect(read(result)).toEqual([{ type: 'answer', text: '{"next":"ask"}' }]);
});

test('Without the part since the last result, a resumed run names no cost rather than that of its whole session', () => {
  const line = JSON.stringify({
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: 'ok',
    total_cost_usd: 0.5,
    usage: { input_tokens: 1, output_tokens: 1 },
  });
  const usage = (resume: string | null) => claudeReader(testTurn({ resume })).parse(line)[0];
  expect(usage(null)).toMatchObject({ type: 'usage', costUsd: 0.5 });
  expect(usage('s-1')).not.toHaveProperty('costUsd');
});

test('A first event that names no mode is not taken for the right one', () => {
  expect(read({ type: 'system', subtype: 'init', session_id: 's-1' })).toEqual([
    { type: 'session', id: 's-1', mode: 'unnamed' },
  ]);
});
