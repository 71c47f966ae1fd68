import { expect, test } from 'vitest';
import { firstLine, table } from '../../src/commands/table.ts';

test('makes a markdown table that no cell can break', () => {
  expect(table(['a', 'b'], [['x|y', 'one\ntwo']], 'nothing')).toBe('| a | b |\n| --- | --- |\n| x\\|y | one two |');
  expect(table(['a'], [], 'nothing')).toBe('nothing');
});

test('a first line is one line, and says that it was cut', () => {
  expect(firstLine('one\ntwo', 20)).toBe('one two');
  expect(firstLine('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`);
});
