import { describe, expect, it } from 'vitest';
import { parseText } from '../../../src/adapters/grammar.ts';
import { localAction, replCommands } from '../../../src/adapters/terminal/repl-commands.ts';
import { sampleCommands } from '../../support/commands.ts';

const commands = replCommands(sampleCommands);
const action = (text: string) => {
  const parsed = parseText(text, commands, { bare: false });
  return parsed?.ok ? localAction(parsed.call) : parsed?.problem.message;
};

describe('what the REPL does itself', () => {
  it.each([
    ['/exit', { type: 'leave' }],
    ['/quit', { type: 'leave' }],
    ['/clear', { type: 'clear' }],
    ['/help keys', { type: 'keys' }],
    ['/attach my file.png', { type: 'attach', path: 'my file.png' }],
    ['/session', { type: 'list-tabs' }],
    ['/session new', { type: 'new-tab', name: null }],
    ['/session new plan', { type: 'new-tab', name: 'plan' }],
    ['/session switch 2', { type: 'switch-tab', to: '2' }],
    ['/session close', { type: 'close-tab' }],
    ['/session switch', 'NAME is missing.'],
    ['/help history', null],
    ['/history list', null],
  ])('%s', (text, expected) => {
    expect(action(text)).toEqual(expected);
  });
});

it('keeps what the registry knows of sessions besides', () => {
  const theirs = {
    name: 'session',
    summary: 'Sessions',
    right: 'read',
    args: [],
    subcommands: [
      { name: 'list', summary: 'theirs', right: 'read', args: [] },
      { name: 'star', summary: 'Star one', right: 'read', args: [] },
    ],
  } as const;
  const session = replCommands([theirs]).find(({ name }) => name === 'session');
  expect(session?.subcommands.map(({ name }) => name)).toEqual(['new', 'list', 'switch', 'close', 'star']);
});
