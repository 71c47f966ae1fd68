import { expect, it } from 'vitest';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { printPart } from '../../../src/adapters/terminal/print-part.ts';
import type { OutputFormat } from '../../../src/adapters/terminal/request.ts';
import { part, recorder } from '../../support/terminal-host.ts';

async function printed(format: OutputFormat, one: ReturnType<typeof part>, isTTY = false) {
  const [out, problems] = [recorder({ isTTY }), recorder()];
  const render = async (markdown: string) => markdown;
  const view = { render, rendered: false, color: false, width: 80, directoryOf: () => null };
  const at = '2026-01-02T03:04:05.000Z';
  await printPart(one, { output: createOutput(out.stream), error: createOutput(problems.stream), format, at, view });
  return [out.text(), problems.text()];
}

const failed = part({
  kind: 'error',
  markdown: 'The disk is full.',
  data: { error: { code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' } },
  exit: 1,
});

it('prints an answer in the format that was asked for', async () => {
  const one = part({ data: { status: 'answered' } });
  expect(await printed('text', one)).toEqual(['Forty-two.\n', '']);
  expect(await printed('json', one)).toEqual(['{"status":"answered"}\n', '']);
  expect(await printed('json', one, true)).toEqual(['{\n  "status": "answered"\n}\n', '']);
  expect((await printed('jsonl', one))[0]).toBe(
    '{"type":"result","at":"2026-01-02T03:04:05.000Z","status":"answered"}\n',
  );
});

it('says beside it what went wrong, always', async () => {
  expect(await printed('text', failed)).toEqual(['', 'The disk is full.\nMake room.\n']);
  expect((await printed('json', failed))[1]).toBe('The disk is full.\nMake room.\n');
  expect((await printed('text', part({ exit: 3, data: { reason: 'out of time' } })))[1]).toBe('out of time\n');
});
