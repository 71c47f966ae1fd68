import { expect, test } from 'vitest';
import { toolDetail } from '../../src/agents/tool-detail.ts';

test('The file comes before the command, and the command before its description', () => {
  expect(toolDetail({ description: 'look', command: 'ls', file_path: 'a.ts' })).toBe('a.ts');
  expect(toolDetail({ description: 'look', command: 'ls' })).toBe('ls');
  expect(toolDetail({ description: 'look', command: '' })).toBe('look');
});

test('One line of it is shown, of at most 200 characters', () => {
  expect(toolDetail({ command: 'first\nsecond' })).toBe('first');
  expect(toolDetail({ command: 'x'.repeat(500) })).toHaveLength(200);
});

test('Where nothing tells, there is nothing', () => {
  expect([toolDetail(null), toolDetail({}), toolDetail({ command: 3 })]).toEqual([null, null, null]);
});
