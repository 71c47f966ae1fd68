import { describe, expect, it } from 'vitest';
import { type Parsed, parseText, parseWords } from '../../src/adapters/grammar.ts';
import { sampleCommands } from '../support/commands.ts';

const text = (written: string, bare = false) => parseText(written, sampleCommands, { bare });
const words = (...written: string[]) => parseWords(written, sampleCommands);
const call = (parsed: Parsed | null) => (parsed?.ok ? parsed.call : parsed);
const problem = (parsed: Parsed | null) => (parsed === null || parsed.ok ? parsed : parsed.problem);

describe('a command in a message', () => {
  it('is the same with a slash, an exclamation mark and behind the umbrella', () => {
    const expected = { name: 'history', subcommand: 'search', args: { query: 'rate limits', limit: 5 } };
    expect(call(text('/history search rate limits --limit 5'))).toEqual(expected);
    expect(call(text('!history search rate limits --limit 5'))).toEqual(expected);
    expect(call(text('/tutti history search rate limits --limit 5'))).toEqual(expected);
    expect(call(text('  /History Search rate limits —limit 5'))).toEqual(expected);
  });

  it('is told from messages that only look like one', () => {
    expect(text('what does /history do?')).toBeNull();
    expect(text('/usr/bin/env is missing')).toBeNull();
    expect(text('!important: read this')).toBeNull();
    expect(text('!')).toBeNull();
    expect(text('history list')).toBeNull();
    expect(text('')).toBeNull();
  });

  it('means its default subcommand when none is written', () => {
    expect(call(text('/history'))).toEqual({ name: 'history', subcommand: 'list', args: {} });
    expect(call(text('/history --agent api'))).toEqual({ name: 'history', subcommand: 'list', args: { agent: 'api' } });
    expect(problem(text('/schedule'))).toMatchObject({ code: 'usage', hint: 'It is one of add, remove.' });
  });

  it('is help when the umbrella stands alone', () => {
    expect(call(text('/tutti'))).toEqual({ name: 'help', subcommand: null, args: {} });
  });
});

describe('a command behind a mention of the bot', () => {
  it('is one where it reads as one', () => {
    expect(call(text('history list --limit 3', true))).toMatchObject({ subcommand: 'list', args: { limit: 3 } });
    expect(call(text('Stop', true))).toEqual({ name: 'stop', subcommand: null, args: {} });
    expect(call(text('ask why is it slow', true))).toMatchObject({ args: { question: 'why is it slow' } });
    expect(problem(text('group set', true))).toMatchObject({ message: 'NAME and AGENTS are missing.' });
  });

  it('is a question where it does not', () => {
    expect(text('history of the module, please', true)).toBeNull();
    expect(text('help me with the parser', true)).toBeNull();
    expect(text('why is it slow', true)).toBeNull();
  });
});

describe('what is wrong', () => {
  it('is said with the nearest names', () => {
    expect(problem(text('/histroy'))).toEqual({
      code: 'usage',
      message: 'There is no command "histroy".',
      hint: 'Did you mean /history?',
      command: null,
    });
    expect(problem(text('!histroy list'))).toMatchObject({ hint: 'Did you mean !history?' });
    expect(problem(text('/frobnicate'))).toMatchObject({ hint: '/help lists the commands.' });
    expect(problem(text('/history serch x'))).toMatchObject({ hint: 'Did you mean search?', command: 'history' });
    expect(problem(words('histroy'))).toMatchObject({ hint: 'Did you mean tutti history?' });
    expect(problem(words())).toMatchObject({ message: 'No command was given.' });
  });

  it('is said with the usage of the command that was meant', () => {
    expect(problem(text('/ask'))).toEqual({
      code: 'usage',
      message: 'QUESTION is missing.',
      hint: 'Usage: /ask QUESTION [--agents TARGET…] [--rounds N] [--write]',
      command: 'ask',
    });
  });
});

describe('a command line', () => {
  it('takes options before and behind the text, and joins the words that a shell has separated', () => {
    expect(call(words('ask', 'why', '--agents', 'a,b', 'is it', '--write', '--agents=c'))).toEqual({
      name: 'ask',
      subcommand: null,
      args: { question: 'why is it', agents: ['a', 'b', 'c'], write: true },
    });
  });

  it('takes a word that begins like an option but is a sentence as text, and everything behind two hyphens', () => {
    expect(call(words('ask', '--why does this fail'))).toMatchObject({ args: { question: '--why does this fail' } });
    expect(call(words('ask', '--', '--write', '--x'))).toMatchObject({ args: { question: '--write --x' } });
    expect(call(words('ask', '"quoted"'))).toMatchObject({ args: { question: '"quoted"' } });
  });
});
