import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/adapters/arguments.ts';
import { parseText } from '../../src/adapters/grammar.ts';
import { splitWords } from '../../src/adapters/words.ts';
import { sampleCommands } from '../support/commands.ts';

const read = (written: string) => {
  const parsed = parseText(written, sampleCommands, { bare: false });
  return parsed?.ok ? parsed.call.args : parsed?.problem.message;
};

describe('an argument that takes the rest', () => {
  it('takes it as it was written', () => {
    expect(read('/ask what\'s  the "point" of --write in\n  this `code`?')).toEqual({
      question: 'what\'s  the "point" of --write in\n  this `code`?',
    });
  });

  it('leaves options at its beginning and at its very end alone', () => {
    expect(read('/ask --agents api fix it --write')).toEqual({ question: 'fix it', agents: ['api'], write: true });
    expect(read('/ask fix it --rounds 2 --agents api,web')).toEqual({
      question: 'fix it',
      rounds: 2,
      agents: ['api', 'web'],
    });
    expect(read('/ask fix --rounds two')).toEqual({ question: 'fix --rounds two' });
    expect(read('/ask what is --unknown')).toEqual({ question: 'what is --unknown' });
  });

  it('is all data behind two hyphens or in quotes', () => {
    expect(read('/ask -- what does --write')).toEqual({ question: 'what does --write' });
    expect(read('/ask "what does --write" --rounds 1')).toEqual({ question: 'what does --write', rounds: 1 });
    expect(read('/ask "one" and "two"')).toEqual({ question: '"one" and "two"' });
  });

  it('is missing when only options stand there', () => {
    expect(read('/ask --write')).toBe('QUESTION is missing.');
  });
});

describe('options', () => {
  it.each([
    ['/history list --limit=5', { limit: 5 }],
    ['/history list --limit 2.5', { limit: 2.5 }],
    ['/history --limit five', '--limit takes a number, not "five".'],
    ['/history --limit', '--limit needs a value.'],
    ['/history --limit --agent api', '--limit needs a value.'],
    ['/history --limit 1 --limit 2', '--limit was given twice.'],
    ['/history --limt 1', 'There is no option --limt here.'],
    ['/history export --format JSON out.json', { format: 'json', file: 'out.json' }],
    ['/history export --format xml', '--format is one of json, markdown, not "xml".'],
    ['/ask --write=yes it', '--write takes no value.'],
    ['/ask --agents , it', '--agents needs a value.'],
    ['/schedule add --every 2h --quiet no tidy up', { every: 7_200_000, quiet: false, text: 'tidy up' }],
    ['/schedule add --every soon tidy', '--every takes a duration, not "soon".'],
    ['/schedule add --quiet perhaps tidy', '--quiet is yes or no, not "perhaps".'],
    ['/schedule add tidy up', '--every is missing.'],
  ])('%s', (written, expected) => {
    expect(read(written)).toEqual(expected);
  });
});

describe('positional arguments', () => {
  it('fill up in order, the last one with a list where it is repeatable', () => {
    expect(read('/group set backend api "the worker"')).toEqual({ name: 'backend', agents: ['api', 'the worker'] });
  });

  it('are refused when there are too many or a quote stays open', () => {
    expect(read('/stop a b')).toBe('"b" is one argument too many.');
    expect(read('/group list x')).toBe('It takes no argument like "x".');
    expect(read('/group set "back end api')).toBe('The quote before back is never closed.');
  });
});

it('reads an endless run of options in a text without trying every pair', () => {
  const ask = sampleCommands[0];
  const source = `x ${'--agents a b '.repeat(5_000)}`;
  const result = readArguments(splitWords(source), ask?.args ?? [], source);
  expect(result).toMatchObject({ ok: true, args: { question: source.trim() } });
});
