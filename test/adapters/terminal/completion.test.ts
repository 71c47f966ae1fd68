import { describe, expect, it } from 'vitest';
import { commonPrefix, wantedAt } from '../../../src/adapters/terminal/completion.ts';
import { sampleCommands } from '../../support/commands.ts';

const at = (text: string) => {
  const wanted = wantedAt(text, sampleCommands);
  if (wanted === null) return null;
  const { from, prefix, choices, ask } = wanted;
  expect(text.slice(from)).toBe(prefix);
  return [...choices.map(({ value }) => value), ...ask.map((kind) => `<${kind}>`)];
};

describe('what could stand at the cursor', () => {
  it.each([
    ['/', ['ask', 'history', 'group', 'schedule', 'stop', 'help']],
    ['!st', ['stop']],
    ['/tutti hi', ['history']],
    ['/tutti ', ['ask', 'history', 'group', 'schedule', 'stop', 'help']],
    ['/history ', ['list', 'search', 'export', '--limit', '--agent']],
    ['/history s', ['search']],
    ['/history list --', ['--limit', '--agent']],
    ['/history list --limit 5 --', ['--agent']],
    ['/history --agent ', ['<agent>']],
    ['/history export --format ', ['json', 'markdown']],
    ['/history export --format=m', ['markdown']],
    ['/history export src/', ['<file>']],
    ['/group set back', ['<group>']],
    ['/group set backend api w', ['<agent>']],
    ['/ask --agents api,w', ['<target>']],
    ['/ask --agents api,@w', ['<target>']],
    ['/ask what does @ap', ['<target>', '<file>']],
    ['/stop ', ['<turn>']],
    ['/stop @a', ['<agent>']],
    ['/help h', ['<command>']],
    ['@', ['<target>', '<file>']],
    ['see @src/a', ['<target>', '<file>']],
  ])('%j', (text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  it.each(['', 'a question', 'me@example', '/unknown x', '/ask what is ', '/history list --limit 5 x'])(
    'is nothing known at %j',
    (text) => {
      expect(at(text)).toBeNull();
    },
  );
});

it('finds how far choices agree', () => {
  expect(commonPrefix(['search', 'select'])).toBe('se');
  expect(commonPrefix(['one'])).toBe('one');
  expect(commonPrefix([])).toBe('');
});
