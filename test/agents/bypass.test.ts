import { expect, test } from 'vitest';
import { bypassingArgument } from '../../src/agents/bypass.ts';

const flags = ['--dangerously-skip-permissions', '--permission-mode', '-y'];

test.each([
  [['--dangerously-skip-permissions'], '--dangerously-skip-permissions'],
  [['--model', 'x', '--permission-mode=bypassPermissions'], '--permission-mode=bypassPermissions'],
  [['--permission-mode', 'plan'], '--permission-mode'],
  [['-ny'], '-ny'],
  [['--model', 'opus', '--', 'x'], '--'],
])('%j would widen what the run may do', (args, found) => {
  expect(bypassingArgument(args, flags)).toBe(found);
});

test('Other arguments may be passed, also those that only begin alike', () => {
  expect(bypassingArgument(['--permission-modern', '--model', 'opus', '-n', 'y', '--yes'], flags)).toBeNull();
});
