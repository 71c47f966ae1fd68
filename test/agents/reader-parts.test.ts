import { expect, test } from 'vitest';
import { createSpeech, createToolCalls } from '../../src/agents/reader-parts.ts';

test('A tool call ends with the name that it began with, once', () => {
  const tools = createToolCalls();
  expect(tools.start('1', 'Read', { file_path: 'a.ts' })).toEqual([
    { type: 'tool', id: '1', phase: 'start', name: 'Read', detail: 'a.ts' },
  ]);
  expect(tools.end('1')).toEqual([{ type: 'tool', id: '1', phase: 'end', name: 'Read' }]);
  expect(tools.end('1')).toEqual([]);
});

test('What is no tool call gives nothing', () => {
  const tools = createToolCalls();
  expect([...tools.start(null, 'Read', {}), ...tools.start('1', 2, {}), ...tools.end({}), ...tools.end('9')]).toEqual(
    [],
  );
});

test('Messages are set apart, and pieces of one are not', () => {
  const say = createSpeech();
  const said = [say('One', true), say(' piece', false), say('', true), say(null, true), say('two', true)].flat();
  expect(said.map((event) => (event.type === 'text' ? event.text : event))).toEqual(['One', ' piece', '\n\ntwo']);
});
