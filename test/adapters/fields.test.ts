import { describe, expect, it } from 'vitest';
import type { ArgumentSpec } from '../../src/adapters/adapter.ts';
import { readFields } from '../../src/adapters/fields.ts';
import { argumentsOf } from '../../src/adapters/help.ts';
import { sampleCommands } from '../support/commands.ts';

function argsOf(name: string, subcommand: string | null = null): readonly ArgumentSpec[] {
  const spec = sampleCommands.find((one) => one.name === name);
  if (spec === undefined) throw new Error(name);
  return argumentsOf(spec, spec.subcommands.find((one) => one.name === subcommand) ?? null);
}

describe('fields', () => {
  it('are values of the types that commands get from a text, too', () => {
    expect(readFields({ every: '5m', quiet: false, text: 'sweep --all "it"' }, argsOf('schedule', 'add'))).toEqual({
      ok: true,
      args: { every: 300_000, quiet: false, text: 'sweep --all "it"' },
    });
    expect(readFields({ question: 'why?', rounds: 3, write: true }, argsOf('ask'))).toMatchObject({
      args: { question: 'why?', rounds: 3, write: true },
    });
  });

  it('leave out a flag that is not set', () => {
    const read = readFields({ question: 'why?', write: false }, argsOf('ask'));
    expect(read).toEqual({ ok: true, args: { question: 'why?' } });
  });

  it('hold lists with commas, and with spaces where words follow each other', () => {
    expect(readFields({ question: 'x', agents: 'api, @web' }, argsOf('ask'))).toMatchObject({
      args: { agents: ['api', '@web'] },
    });
    expect(readFields({ name: 'all', agents: 'api web,cli "a b"' }, argsOf('group', 'set'))).toMatchObject({
      args: { name: 'all', agents: ['api', 'web', 'cli', 'a b'] },
    });
  });

  it.each([
    [{ format: 'jsn' }, 'export', '--format is one of json, markdown, not "jsn".'],
    [{ limit: 'many' }, 'list', '--limit takes a number, not "many".'],
    [{}, 'search', 'QUERY is missing.'],
    [{ query: '' }, 'search', 'QUERY is empty.'],
    [{ query: 'x', page: 2 }, 'search', 'There is no argument page here.'],
  ])('say what is wrong with %j', (given, subcommand, message) => {
    expect(readFields(given, argsOf('history', subcommand))).toMatchObject({ ok: false, message });
  });

  it('refuse a list without a name', () => {
    expect(readFields({ name: 'all', agents: ' , ' }, argsOf('group', 'set'))).toMatchObject({
      ok: false,
      message: 'AGENTS is empty.',
    });
  });
});
