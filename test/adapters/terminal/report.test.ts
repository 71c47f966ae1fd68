import { expect, it } from 'vitest';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { reportError } from '../../../src/adapters/terminal/report.ts';
import { UserError } from '../../../src/errors.ts';
import { recorder } from '../../support/terminal-host.ts';

const problem = new UserError('config', 'No such key\x1b[2J "agnts".', { hint: 'Did you mean agents?', exit: 2 });
const at = '2026-01-02T03:04:05.000Z';

it.each([
  ['text', ''],
  ['json', '{"error":{"code":"config","message":"No such key \\"agnts\\".","hint":"Did you mean agents?"}}\n'],
  [
    'jsonl',
    `{"type":"error","at":"${at}","code":"config","message":"No such key \\"agnts\\".","hint":"Did you mean agents?"}\n`,
  ],
] as const)('says an error for people always, and for programs as %s', async (format, expected) => {
  const output = recorder();
  const error = recorder();
  await reportError(problem, { output: createOutput(output.stream), error: createOutput(error.stream), format, at });
  expect(output.text()).toBe(expected);
  expect(error.text()).toBe('No such key "agnts".\nDid you mean agents?\n');
});
