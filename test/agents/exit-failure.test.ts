import { expect, test } from 'vitest';
import { exitFailure } from '../../src/agents/exit-failure.ts';

test('A clean exit is a failure only where nothing was said', () => {
  expect(exitFailure({ code: 0, signal: null, stderr: 'warning' }, true)).toBeNull();
  expect(exitFailure({ code: 0, signal: null, stderr: '' }, false)?.message).toBe('It ended without an answer');
});

test('The last line on stderr explains the rest', () => {
  const exit = { code: 2, signal: null, stderr: 'Warning: old\nerror: unknown option\n\n' };
  expect(exitFailure(exit, true)?.message).toBe('It ended with exit code 2: error: unknown option');
  expect(exitFailure({ code: null, signal: 'SIGKILL', stderr: '' }, true)?.message).toBe('It was ended by SIGKILL');
  expect(exitFailure({ ...exit, stderr: 'x'.repeat(10_000) }, true)?.message.length).toBeLessThan(400);
});
