import { describe, expect, it } from 'vitest';
import type { ArgumentSpec } from '../../src/adapters/adapter.ts';
import { readDuration, readValue, splitList } from '../../src/adapters/values.ts';

const option = (more: Partial<ArgumentSpec>): ArgumentSpec => ({
  name: 'name',
  summary: '',
  kind: 'option',
  type: 'word',
  ...more,
});

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['5', null],
    ['5 m', null],
    ['-5m', null],
    ['m', null],
  ])('reads %s as %s milliseconds', (text, expected) => {
    expect(readDuration(text)).toBe(expected);
  });
});

describe('values', () => {
  it('says what was expected and the nearest choice', () => {
    expect(readValue(option({ choices: ['json', 'markdown'] }), 'jsn')).toEqual({
      wrong: '--name is one of json, markdown, not "jsn".',
      hint: 'Did you mean json?',
    });
    expect(readValue(option({ type: 'number', kind: 'positional' }), '-1')).toEqual({
      wrong: 'NAME takes a number, not "-1".',
      hint: null,
    });
    expect(readValue(option({}), '')).toEqual({ wrong: '--name is empty.', hint: null });
  });
});

describe('lists', () => {
  it('separate names at commas, but neither texts nor files', () => {
    expect(splitList(option({}), 'a, b,,c')).toEqual(['a', 'b', 'c']);
    expect(splitList(option({ type: 'text' }), 'a, b')).toEqual(['a, b']);
    expect(splitList(option({ completes: 'file' }), 'a,b.md')).toEqual(['a,b.md']);
  });
});
