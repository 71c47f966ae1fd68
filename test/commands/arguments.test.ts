import { expect, test } from 'vitest';
import { bareName, flagOf, listOf, numberOf, requiredText, textOf, timeOf } from '../../src/commands/arguments.ts';

const now = new Date('2026-03-10T12:00:00Z');

test('reads each kind of argument, and nothing where it is of another', () => {
  const args = { text: 'x', empty: '', number: 3, flag: true, list: ['a', 'b'] };
  expect([textOf(args, 'text'), textOf(args, 'empty'), textOf(args, 'number')]).toEqual(['x', null, null]);
  expect([numberOf(args, 'number'), numberOf(args, 'text')]).toEqual([3, null]);
  expect([flagOf(args, 'flag'), flagOf(args, 'none')]).toEqual([true, false]);
  expect([listOf(args, 'list'), listOf(args, 'text'), listOf(args, 'none')]).toEqual([['a', 'b'], ['x'], []]);
});

test('what must be there and is not is said by its name', () => {
  expect(() => requiredText({}, 'agent')).toThrow('AGENT is missing.');
});

test('names are written with or without the @', () => {
  expect([bareName('@api'), bareName('api')]).toEqual(['api', 'api']);
});

test('times are ISO, or how long ago', () => {
  const at = (written: string) => timeOf({ since: written }, 'since', now)?.toISOString();
  expect(at('2h')).toBe('2026-03-10T10:00:00.000Z');
  expect(at('7d')).toBe('2026-03-03T12:00:00.000Z');
  expect(at('2026-03-01')).toBe('2026-03-01T00:00:00.000Z');
  expect(timeOf({}, 'since', now)).toBeNull();
  expect(() => at('last week')).toThrow('"last week" is no time.');
});
