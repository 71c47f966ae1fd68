import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createTerminal } from '../../../src/adapters/terminal/terminal.ts';
import { part, recorder, startTerminal } from '../../support/terminal-host.ts';

it('acknowledges a part when it is printed', async () => {
  const { terminal, output } = await startTerminal({ argv: ['stop'], answer: () => undefined });
  const ended = terminal.run();
  const receipt = await terminal.reply({ surface: 'terminal', data: {} }).post(part());
  expect([receipt, output(), await ended]).toEqual([{ platformId: null }, 'Forty-two.\n', 0]);
});

it('says so when it is run before it is started', async () => {
  const { stream } = recorder();
  const terminal = createTerminal({
    input: new PassThrough(),
    output: stream,
    error: stream,
    request: { config: null, conversation: null, format: 'text', version: false, help: false, words: [] },
    author: { id: 'me', name: 'me', isBot: false, roles: [] },
    conversation: 'terminal:here',
    color: false,
    plain: false,
    places: { directory: '/', home: '/' },
    render: async (markdown) => markdown,
    now: () => new Date(0),
    clock: () => 0,
    newId: () => 'x',
  });
  await expect(terminal.run()).rejects.toMatchObject({ code: 'not-started' });
});

it('prints no JSON to somebody who looks at it, and says what to do', async () => {
  const streams = { inputIsTerminal: true, outputIsTerminal: true };
  const { terminal } = await startTerminal({ argv: ['--json'], plain: true, ...streams });
  await expect(terminal.open()).rejects.toMatchObject({ code: 'usage', exit: 2 });
  const piped = await startTerminal({ argv: ['--json'], inputIsTerminal: true });
  await expect(piped.terminal.open()).resolves.toBeUndefined();
});

it('writes lines of the log to stderr, above what moves there', async () => {
  const piped = await startTerminal({ argv: ['stop'] });
  piped.terminal.log('{"msg":"x"}\n');
  expect([piped.output(), piped.error()]).toEqual(['', '{"msg":"x"}\n']);
  const shown = await startTerminal({ argv: ['stop'], errorIsTerminal: true });
  shown.terminal.log('{"msg":"x"}\n');
  expect(shown.error()).toContain('{"msg":"x"}');
});
