import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { part, startTerminal } from '../../support/terminal-host.ts';

const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('one command', () => {
  it('prints the result and ends with its exit code', async () => {
    const { terminal, output, received } = await startTerminal({
      argv: ['ask', 'why?', '--agents', 'api'],
      answer: (_message, reply) => void reply.post(part({ exit: 3 })),
    });
    expect(await terminal.run()).toBe(3);
    expect(output()).toBe('Forty-two.\n');
    expect(received[0]).toMatchObject({
      text: 'why?',
      conversation: 'terminal:ask-id-1',
      command: { name: 'ask', args: { question: 'why?', agents: ['api'] } },
    });
  });

  it('is about the conversation that is named, else a question is its own and the rest is about here', async () => {
    const named = await startTerminal({ argv: ['ask', 'why?', '--conversation', 'plan'] });
    await named.terminal.run();
    expect(named.received[0]?.conversation).toBe('terminal:plan');
    const stop = await startTerminal({ argv: ['stop', 'a b'] });
    await stop.terminal.run();
    expect(stop.received[0]).toMatchObject({ conversation: 'terminal:here', text: '/stop "a b"' });
  });

  it('prints one object with --json, and the sentence beside it on stderr', async () => {
    const data = { status: 'failed', reason: 'The mind is not signed in.' };
    const { terminal, output, error } = await startTerminal({
      argv: ['ask', 'why?', '--json'],
      answer: (_message, reply) => void reply.post(part({ data, exit: 1 })),
    });
    expect(await terminal.run()).toBe(1);
    expect(lines(output())).toEqual([data]);
    expect(error()).toBe('The mind is not signed in.\n');
  });

  it('prints events as they happen with --jsonl, the result last', async () => {
    const { terminal, output } = await startTerminal({
      argv: ['ask', 'why?', '--jsonl'],
      answer: async (_message, reply) => {
        reply.progress({ type: 'accepted', turnId: 't', conversation: 'terminal:x' });
        reply.progress({ type: 'ask_progress', agent: 'api', activity: 'a', tokens: null });
        reply.progress({ type: 'ask_progress', agent: 'api', activity: 'b', tokens: null });
        reply.progress({ type: 'answer_text', text: 'x' });
        await reply.post(part({ data: { turnId: 't', answer: 'x' } }));
      },
    });
    expect(await terminal.run()).toBe(0);
    const at = '2026-01-02T03:04:05.000Z';
    expect(lines(output())).toEqual([
      { type: 'accepted', at, turnId: 't', conversation: 'terminal:x' },
      { type: 'ask_progress', at, agent: 'api', activity: 'a', tokens: null },
      { type: 'result', at, turnId: 't', answer: 'x' },
    ]);
  });

  it('says errors on stderr only, unless a program reads', async () => {
    const error = { code: 'denied', message: 'You may not.', hint: 'Ask somebody.' };
    const answer = (_message: unknown, reply: { post(part: unknown): unknown }) =>
      void reply.post(part({ kind: 'error', data: { error }, exit: 4 }));
    const text = await startTerminal({ argv: ['stop'], answer });
    expect(await text.terminal.run()).toBe(4);
    expect([text.output(), text.error()]).toEqual(['', 'You may not.\nAsk somebody.\n']);
    const json = await startTerminal({ argv: ['stop', '--json'], answer });
    expect(await json.terminal.run()).toBe(4);
    expect([lines(json.output()), json.error()]).toEqual([[{ error }], 'You may not.\nAsk somebody.\n']);
  });

  it('ends with 2 and the usage when it is written wrong', async () => {
    const { terminal, output, error, received } = await startTerminal({ argv: ['histroy', '--jsonl'] });
    expect(await terminal.run()).toBe(2);
    expect(received).toEqual([]);
    expect(lines(output())).toMatchObject([{ type: 'error', code: 'usage', hint: 'Did you mean tutti history?' }]);
    expect(error()).toContain('There is no command "histroy".');
  });

  it('says why it could not be accepted', async () => {
    const refused = await startTerminal({
      argv: ['stop'],
      refuse: () => new UserError('disk-full', 'The disk is full.'),
    });
    expect(await refused.terminal.run()).toBe(1);
    expect(refused.error()).toBe('The disk is full.\n');
  });
});

describe('Ctrl-C', () => {
  it('stops the turn, waits for its end and ends with 130', async () => {
    const { terminal, output, stops } = await startTerminal({
      argv: ['ask', 'why?', '--json'],
      answer: () => undefined,
      onStop: () => {
        setImmediate(() => void terminal.reply(address).post(part({ data: { status: 'stopped' }, exit: 1 })));
        return true;
      },
    });
    const address = { surface: 'terminal', data: { conversation: 'terminal:ask-id-1', request: 'id-1' } };
    const ended = terminal.run();
    await new Promise((resolve) => setImmediate(resolve));
    terminal.interrupt();
    expect(await ended).toBe(130);
    expect(stops).toEqual(['terminal:ask-id-1']);
    expect(lines(output())).toEqual([{ status: 'stopped' }]);
  });

  it('ends at once while a question is still being piped in', async () => {
    const { terminal, input, error } = await startTerminal({ argv: ['ask', '-'] });
    const ended = terminal.run();
    input.write('half');
    terminal.interrupt();
    expect(await ended).toBe(130);
    expect([input.destroyed, error()]).toEqual([true, '']);
  });

  it('ends at once where nothing runs, and at the second time', async () => {
    const idle = await startTerminal({ argv: ['stop'], answer: () => undefined });
    const ended = idle.terminal.run();
    idle.terminal.interrupt();
    expect(await ended).toBe(130);
    let forced = 0;
    const hung = await startTerminal({
      argv: ['stop'],
      answer: () => undefined,
      onStop: () => true,
      host: { endNow: () => void forced++ },
    });
    const second = hung.terminal.run();
    hung.terminal.interrupt();
    expect(forced).toBe(0);
    hung.terminal.terminate();
    expect(await second).toBe(130);
    expect(forced).toBe(1);
  });
});
