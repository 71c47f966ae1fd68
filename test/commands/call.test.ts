import { expect, test } from 'vitest';
import { rightOf, subcommandOf } from '../../src/commands/call.ts';
import { group } from '../../src/commands/group.ts';
import { stop } from '../../src/commands/stop.ts';

test('a bare command means its default subcommand, and needs that one’s right', () => {
  expect(subcommandOf(group, null)).toBe('list');
  expect(subcommandOf(group, 'set')).toBe('set');
  expect([rightOf(group, 'list'), rightOf(group, 'set'), rightOf(stop, null)]).toEqual(['read', 'admin', 'read']);
});
