import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { asUserError, readOneCommand, usageError } from '../../../src/adapters/terminal/one-command.ts';
import type { TerminalInput } from '../../../src/adapters/terminal/terminal.ts';
import { sampleCommands } from '../../support/commands.ts';

const piped = (text: string) => Object.assign(Readable.from(text === '' ? [] : [text]), { isTTY: false });
const read = (words: readonly string[], input: TerminalInput = piped('piped\n'), conversation: string | null = null) =>
  readOneCommand({ words, conversation }, sampleCommands, input, new AbortController().signal);

describe('the text of a question', () => {
  it('is what was written, and then a pipe is not touched', async () => {
    const input = new PassThrough();
    const command = await read(['ask', 'why', '--write'], input);
    expect(command).toEqual({
      call: { name: 'ask', subcommand: null, args: { question: 'why', write: true } },
      text: 'why',
    });
    expect(input.readableFlowing).toBeNull();
  });

  it('is what is piped in when it is missing or a hyphen', async () => {
    expect(await read(['ask', '--write'])).toMatchObject({
      text: 'piped',
      call: { args: { question: 'piped', write: true } },
    });
    expect(await read(['ask', '-'])).toMatchObject({ text: 'piped' });
    const terminal = Object.assign(Readable.from(['typed\n']), { isTTY: true });
    expect(await read(['ask', '-'], terminal)).toMatchObject({ text: 'typed' });
  });

  it('is both when a hyphen stands behind it', async () => {
    const { text, call } = await read(['ask', 'why?', '-']);
    expect(text).toBe('why?\n\nStandard input:\n\n```\npiped\n```');
    expect(call.args).toMatchObject({ question: text });
  });

  it('is missing when there is none anywhere, and a terminal is not waited for', async () => {
    await expect(read(['ask'], piped(''))).rejects.toMatchObject({ code: 'usage', exit: 2 });
    await expect(read(['ask', '-'], piped(''))).rejects.toMatchObject({ message: 'QUESTION is missing.' });
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    await expect(read(['ask'], terminal)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('other commands', () => {
  it('read nothing and take a hyphen as a word', async () => {
    expect(await read(['stop', '-'])).toEqual({
      call: { name: 'stop', subcommand: null, args: { what: '-' } },
      text: null,
    });
    expect((await read(['stop', 'x'], piped(''), 'plan')).call.args).toEqual({ what: 'x', conversation: 'plan' });
    expect((await read(['history'], piped(''), 'plan')).call.args).toEqual({});
    await expect(read(['stpo'])).rejects.toMatchObject({ code: 'usage', hint: 'Did you mean tutti stop?' });
  });
});

it('makes errors that end a command line', () => {
  expect(usageError({ message: 'x', hint: null })).toMatchObject({ exit: 2, hint: null });
  expect(asUserError(new Error('broke'))).toMatchObject({ code: 'failed', message: 'broke', exit: 1 });
});
