import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { part, startTerminal } from '../../support/terminal-host.ts';

describe('a REPL on a pipe', () => {
  it('takes a line as one message or command, in order, with neither prompt nor echo, and ends with 0', async () => {
    const order: string[] = [];
    const { terminal, input, output, received } = await startTerminal({
      answer: async (message, reply) => {
        order.push(`begin ${message.text}`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`end ${message.text}`);
        await reply.post(part({ markdown: `re: ${message.text}`, exit: 1 }));
      },
    });
    input.end('first\n\n/history list\n@tutti third?');
    expect(await terminal.run()).toBe(0);
    expect(output()).toBe('re: first\nre: /history list\nre: third?\n');
    expect(order).toEqual([
      'begin first',
      'end first',
      'begin /history list',
      'end /history list',
      'begin third?',
      'end third?',
    ]);
    expect(received.map(({ command }) => command?.name ?? null)).toEqual([null, 'history', null]);
    expect(received[0]).toMatchObject({ conversation: 'terminal:here', place: { channel: 'repl' } });
  });

  it('says beside its output how many turns of other conversations wait', async () => {
    const { terminal, input, output, error } = await startTerminal({
      host: { waitingElsewhere: () => '2 turns of other conversations wait: "tutti resume" takes them.' },
    });
    input.end('first\n');
    expect(await terminal.run()).toBe(0);
    expect(output()).toBe('Forty-two.\n');
    expect(error()).toBe('2 turns of other conversations wait: "tutti resume" takes them.\n');
  });

  it('answers a mistake and goes on', async () => {
    const { terminal, input, output } = await startTerminal({});
    input.end('/histroy\nwhy?\n');
    expect(await terminal.run()).toBe(0);
    expect(output()).toBe('There is no command "histroy".\nDid you mean /history?\nForty-two.\n');
  });

  it('says what could not be recorded and goes on', async () => {
    const { terminal, input, output } = await startTerminal({
      refuse: (message) => (message.text === 'one' ? new UserError('disk-full', 'The disk is full.') : null),
    });
    input.end('one\ntwo\n');
    expect(await terminal.run()).toBe(0);
    expect(output()).toBe('The disk is full.\nForty-two.\n');
  });

  it('prints an object for each line with --json, and beside it what people read', async () => {
    const { terminal, input, output, error } = await startTerminal({
      argv: ['--json'],
      answer: (message, reply) =>
        void reply.post(
          part({ data: { question: message.text, reason: 'gone' }, exit: message.text === 'two?' ? 1 : 0 }),
        ),
      refuse: (message) => (message.text === 'three?' ? new UserError('disk-full', 'The disk is full.') : null),
    });
    input.end('one?\ntwo?\nthree?\n/histroy\n/session\n');
    expect(await terminal.run()).toBe(0);
    expect(
      output()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { question: 'one?', reason: 'gone' },
      { question: 'two?', reason: 'gone' },
      { error: { code: 'disk-full', message: 'The disk is full.', hint: null } },
      { error: { code: 'usage', message: 'There is no command "histroy".', hint: 'Did you mean /history?' } },
    ]);
    expect(error()).toBe('gone\nThe disk is full.\nThere is no command "histroy".\nDid you mean /history?\n1 here\n');
  });

  it('prints events as they happen with --jsonl, the result of each line last', async () => {
    const { terminal, input, output, error } = await startTerminal({
      argv: ['--jsonl'],
      async answer(_message, reply) {
        reply.progress({ type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api'] });
        reply.progress({ type: 'notice', message: 'for people' });
        await reply.post(part({ data: { status: 'answered' } }));
      },
    });
    input.end('one?\n');
    expect(await terminal.run()).toBe(0);
    const types = output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect([types, error()]).toEqual([['decision', 'result'], 'for people\n']);
  });

  it('goes from conversation to conversation, and sends files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tutti-plain-'));
    await writeFile(join(directory, 'notes.txt'), 'x');
    const { terminal, input, output, received } = await startTerminal({ directory });
    input.end(
      '/session new plan\n/attach notes.txt\none?\n/session switch 1\ntwo?\n/attach missing\n/session\n/exit\nnever\n',
    );
    expect(await terminal.run()).toBe(0);
    await rm(directory, { recursive: true });
    expect(received.map(({ conversation, text, attachments }) => [conversation, text, attachments.length])).toEqual([
      ['terminal:plan', 'one?', 1],
      ['terminal:here', 'two?', 0],
    ]);
    expect(output()).toContain('There is no file missing.');
    expect(output()).toMatch(/1 here\n2 plan\n$/u);
  });

  it('finishes what a dead process left before it ends', async () => {
    const { terminal, input, output } = await startTerminal({
      adopted: [{ turnId: 'old', conversation: 'terminal:here', question: 'before?' }],
    });
    const ended = terminal.run();
    input.end();
    setImmediate(() => {
      const address = { surface: 'terminal', data: { conversation: 'terminal:here', request: 'gone' } };
      void terminal.reply(address).post(part({ turnId: 'old', markdown: 'late answer', again: true }));
    });
    expect(await ended).toBe(0);
    expect(output()).toBe('(again)\n\nlate answer\n');
  });

  it('stops the running turn at Ctrl-C and stays, and leaves with 130 the second time', async () => {
    const { terminal, input, stops } = await startTerminal({ answer: () => undefined, onStop: () => true });
    input.write('why?\n');
    const ended = terminal.run();
    await new Promise((resolve) => setImmediate(resolve));
    terminal.interrupt();
    expect(stops).toEqual(['terminal:here']);
    terminal.interrupt();
    expect(await ended).toBe(130);
  });

  it('leaves with 130 at Ctrl-C when nothing runs, and with 0 when the process is to end', async () => {
    const idle = await startTerminal({});
    const ended = idle.terminal.run();
    idle.terminal.interrupt();
    expect(await ended).toBe(130);
    const asked = await startTerminal({});
    const left = asked.terminal.run();
    asked.terminal.terminate();
    expect(await left).toBe(0);
  });
});

describe('a REPL where nothing may move', () => {
  it('says what happens line by line', async () => {
    const { terminal, input, output } = await startTerminal({
      inputIsTerminal: true,
      outputIsTerminal: true,
      plain: true,
      answer: async (_message, reply) => {
        reply.progress({ type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api'] });
        await reply.post(part());
      },
    });
    input.end('why?\n');
    expect(await terminal.run()).toBe(0);
    expect(output().slice(output().indexOf('> '))).toBe('> Asking api.\n  Forty-two.\n> ');
    expect(output()).toContain('tutti 0.1.0');
    expect(output()).not.toContain('\x1b');
  });

  it('tells once why an agent gave no answer; a pipe, which gets no events, reads it in the answer', async () => {
    const failure = { reason: 'not-signed-in', message: 'codex is not signed in.', stderrTail: null };
    const failures = 'Without an answer: web (codex is not signed in).';
    for (const isTerminal of [true, false]) {
      const { terminal, input, output } = await startTerminal({
        ...{ inputIsTerminal: isTerminal, outputIsTerminal: isTerminal, plain: true },
        answer: async (_message, reply) => {
          const ended = {
            type: 'ask_end',
            round: 1,
            agent: 'web',
            status: 'failed',
            durationMs: 1,
            usage: null,
          } as const;
          reply.progress({ ...ended, text: null, failure });
          await reply.post(part({ markdown: `Because.\n\n${failures}`, failures }));
        },
      });
      input.end('why?\n');
      expect(await terminal.run()).toBe(0);
      expect(output()).toContain('Because.');
      expect(output().match(/not signed in/gu)).toHaveLength(1);
    }
  });
});
