import { describe, expect, it } from 'vitest';
import { type EditAction, type Editing, edit, editing, moveLine } from '../../../src/adapters/terminal/editor.ts';

/** A text with `|` where the cursor stands. */
const at = (marked: string): Editing => ({ ...editing(marked.replace('|', '')), cursor: marked.indexOf('|') });
const marked = (state: Editing) => `${state.text.slice(0, state.cursor)}|${state.text.slice(state.cursor)}`;
const edited = (text: string, ...actions: readonly EditAction[]) => marked(actions.reduce(edit, at(text)));

describe('moving', () => {
  it.each([
    ['ab|c', 'left', 'a|bc'],
    ['ab|c', 'right', 'abc|'],
    ['|abc', 'left', '|abc'],
    ['abc|', 'right', 'abc|'],
    ['one two|', 'word-left', 'one |two'],
    ['one, |two', 'word-left', '|one, two'],
    ['one| two', 'word-right', 'one two|'],
    ['one\ntwo|', 'line-start', 'one\n|two'],
    ['on|e\ntwo', 'line-end', 'one|\ntwo'],
    ['a👨‍👩‍👧|b', 'left', 'a|👨‍👩‍👧b'],
    ['a|e\u0301b', 'right', 'ae\u0301|b'],
  ] as const)('%s %s', (text, to, expected) => {
    expect(edited(text, { type: 'move', to })).toBe(expected);
  });

  it('goes through the lines of a text, and gives up at its edges', () => {
    const up = moveLine(at('first\nse|cond'), -1);
    expect(up === null ? null : marked(up)).toBe('fi|rst\nsecond');
    const down = moveLine(at('longer |line\nx\nend'), 1);
    expect(down === null ? null : marked(down)).toBe('longer line\nx|\nend');
    expect(moveLine(at('fir|st\nsecond'), -1)).toBeNull();
    expect(moveLine(at('first\nsec|ond'), 1)).toBeNull();
  });

  it('never stops within a letter', () => {
    const up = moveLine(at('👨‍👩‍👧👨‍👩‍👧\nabcd|'), -1);
    expect([0, 8, 16]).toContain(up?.cursor);
  });
});

describe('deleting', () => {
  it.each([
    ['ab|c', 'left', 'a|c'],
    ['ab|c', 'right', 'ab|'],
    ['a👨‍👩‍👧|b', 'left', 'a|b'],
    ['one two|', 'word-left', 'one |'],
    ['|one two', 'word-right', '| two'],
    ['one\ntw|o', 'line-start', 'one\n|o'],
    ['o|ne\ntwo', 'line-end', 'o|\ntwo'],
    ['one|\ntwo', 'line-end', 'one|two'],
    ['on|e', 'all', '|'],
  ] as const)('%s %s', (text, what, expected) => {
    expect(edited(text, { type: 'delete', what })).toBe(expected);
  });

  it('brings back what was cut', () => {
    const cut = { type: 'delete', what: 'word-left' } as const;
    expect(edited('one two|', cut, { type: 'move', to: 'line-start' }, { type: 'yank' })).toBe('two|one ');
  });
});

describe('changing', () => {
  it('inserts, replaces and swaps', () => {
    expect(edited('a|c', { type: 'insert', text: 'b' })).toBe('ab|c');
    expect(edited('say @ap| now', { type: 'replace', from: 5, to: 7, text: 'api' })).toBe('say @api| now');
    expect(edited('ba|', { type: 'transpose' })).toBe('ab|');
    expect(edited('b|ac', { type: 'transpose' })).toBe('ab|c');
    expect(edited('a|', { type: 'transpose' })).toBe('a|');
  });

  it('is undone step by step, and no further than the beginning', () => {
    const undo = { type: 'undo' } as const;
    const typed = [
      { type: 'insert', text: 'b' },
      { type: 'insert', text: 'c' },
    ] as const;
    expect(edited('a|', ...typed, undo)).toBe('ab|');
    expect(edited('a|', ...typed, undo, undo, undo, undo)).toBe('a|');
  });
});
