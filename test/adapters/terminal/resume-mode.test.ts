import { expect, it } from 'vitest';
import { worst } from '../../../src/adapters/terminal/resume-mode.ts';
import { part, startTerminal, type TerminalUnderTest } from '../../support/terminal-host.ts';

const adopted = [
  { turnId: 'one', conversation: 'terminal:a', question: 'first?' },
  { turnId: 'two', conversation: 'terminal:b', question: 'second?' },
];

/** Answers come in the other order than the questions. */
function answerBoth({ terminal }: TerminalUnderTest) {
  const reply = (conversation: string) =>
    terminal.reply({ surface: 'terminal', data: { conversation, request: 'gone' } });
  return Promise.all([
    reply('terminal:b').post(part({ turnId: 'two', markdown: 'B', data: { turnId: 'two' }, exit: 3 })),
    reply('terminal:a').post(part({ turnId: 'one', markdown: 'A', data: { turnId: 'one' }, exit: 0 })),
  ]);
}

it.each([
  [[], '› first?\n\nA\n\n› second?\n\nB\n\n'],
  [['--json'], '{"turns":[{"turnId":"one"},{"turnId":"two"}]}\n'],
  [
    ['--jsonl'],
    '{"type":"result","at":"2026-01-02T03:04:05.000Z","turnId":"one"}\n' +
      '{"type":"result","at":"2026-01-02T03:04:05.000Z","turnId":"two"}\n',
  ],
])('prints what was left unfinished in order (%j) and ends with the worst exit code', async (options, expected) => {
  const under = await startTerminal({ argv: ['resume', ...options], adopted });
  const ended = under.terminal.run();
  await answerBoth(under);
  expect(await ended).toBe(3);
  expect(under.output()).toBe(expected);
});

it('says when nothing was', async () => {
  const { terminal, output, error } = await startTerminal({ argv: ['resume'] });
  expect(await terminal.run()).toBe(0);
  expect([output(), error()]).toEqual(['', 'Nothing was left unfinished.\n']);
  const json = await startTerminal({ argv: ['resume', '--json'] });
  expect(await json.terminal.run()).toBe(0);
  expect(json.output()).toBe('{"turns":[]}\n');
});

it('ends by force what takes its time, at the second Ctrl-C', async () => {
  let forced = 0;
  const host = { endNow: () => void forced++ };
  const { terminal } = await startTerminal({ argv: ['resume'], adopted, onStop: () => true, host });
  const ended = terminal.run();
  await new Promise((resolve) => setImmediate(resolve));
  terminal.interrupt();
  expect(forced).toBe(0);
  terminal.interrupt();
  expect(await ended).toBe(130);
  expect(forced).toBe(1);
});

it('stops everything at Ctrl-C', async () => {
  const under = await startTerminal({ argv: ['resume'], adopted, onStop: () => true });
  const ended = under.terminal.run();
  await new Promise((resolve) => setImmediate(resolve));
  under.terminal.interrupt();
  expect(under.stops).toEqual(['terminal:a', 'terminal:b']);
  await answerBoth(under);
  expect(await ended).toBe(130);
});

it('knows which exit code is worse', () => {
  expect(worst([])).toBe(0);
  expect(worst([0, 3, 5])).toBe(5);
  expect(worst([1, 3])).toBe(1);
  expect(worst([1, 130])).toBe(130);
});
