import { describe, expect, it } from 'vitest';
import { edit, editing } from '../../../src/adapters/terminal/editor.ts';
import { inputHistory } from '../../../src/adapters/terminal/input-history.ts';
import type { KeyAction } from '../../../src/adapters/terminal/keys.ts';
import { type Typing, typeKey, typePaste } from '../../../src/adapters/terminal/typing.ts';

const fresh: Typing = {
  editing: editing(),
  history: inputHistory(['alpha one', 'beta', 'alpha two']),
  menu: null,
  search: null,
};
const line = (text: string): Typing => ({ ...fresh, editing: editing(text) });
const press = (typing: Typing, ...actions: readonly KeyAction[]) =>
  actions.reduce((typed, action) => typeKey(typed.typing, action), { typing, effect: null } as ReturnType<
    typeof typeKey
  >);
const insert = (text: string): KeyAction => ({ type: 'edit', edit: { type: 'insert', text } });
const up: KeyAction = { type: 'up' };
const down: KeyAction = { type: 'down' };
const submit: KeyAction = { type: 'submit' };
const tab: KeyAction = { type: 'complete', backward: false };
const offered = (text: string, from: number, ...values: readonly string[]): Typing => ({
  ...line(text),
  menu: { from, prefix: text.slice(from), choices: values.map((value) => ({ value, summary: '' })), picked: null },
});

describe('Enter', () => {
  it('sends the line', () => {
    expect(press(line('why?'), submit).effect).toBe('submit');
  });

  it('makes a new line behind a backslash, but not behind two', () => {
    const broken = press(line('one\\'), submit);
    expect([broken.effect, broken.typing.editing.text]).toEqual([null, 'one\n']);
    expect(press(line('one\\\\'), submit).effect).toBe('submit');
  });

  it('takes the marked choice', () => {
    const chosen = press(offered('/hi', 1, 'history', 'hidden'), down, submit);
    expect([chosen.effect, chosen.typing.editing.text]).toEqual(['look-up', '/history ']);
    expect(press(offered('/hi', 1, 'history'), submit).effect).toBe('submit');
  });
});

describe('Tab', () => {
  it('completes as far as all choices agree, then goes through them', () => {
    const common = press(offered('/s', 1, 'search', 'select'), tab);
    expect(common.typing.editing.text).toBe('/se');
    const second = press(offered('/se', 1, 'search', 'select'), tab, tab);
    expect(second.typing.menu?.picked).toBe(1);
  });

  it('takes the only choice, with a space behind a word but not behind a directory', () => {
    expect(press(offered('@ap', 1, 'api'), tab).typing.editing.text).toBe('@api ');
    expect(press(offered('@sr', 1, 'src/'), tab).typing.editing.text).toBe('@src/');
  });

  it('quotes a value with spaces where a command reads it', () => {
    expect(press(offered('/attach my', 8, 'my file.png'), tab).typing.editing.text).toBe('/attach "my file.png" ');
    expect(press(offered('see @my', 5, 'my file.png'), tab).typing.editing.text).toBe('see @my file.png ');
  });

  it('waits for what can be completed when that is not known yet', () => {
    expect(press(line('/s'), tab).effect).toBe('complete');
    expect(press(offered('/s', 1, 'stop'), insert('e'), tab).effect).toBe('complete');
  });
});

describe('arrows', () => {
  it('go through the menu while there is one', () => {
    expect(press(offered('/s', 1, 'search', 'select'), down, down).typing.menu?.picked).toBe(1);
    expect(press(offered('/s', 1, 'search', 'select'), up).typing.menu?.picked).toBe(1);
  });

  it('go through former lines, and back to the draft', () => {
    expect(press(line('draft'), up, up).typing.editing.text).toBe('beta');
    expect(press(line('draft'), up, down).typing.editing.text).toBe('draft');
  });

  it('go through the lines of a text first', () => {
    expect(press(line('one\ntwo'), up).typing.editing.text).toBe('one\ntwo');
    expect(press(line('one\ntwo'), up, up).typing.editing.text).toBe('alpha two');
  });

  it('to the right take the marked choice', () => {
    const right: KeyAction = { type: 'edit', edit: { type: 'move', to: 'right' } };
    expect(press(offered('/h', 1, 'history', 'help'), down, right).typing.editing.text).toBe('/history ');
  });
});

describe('searching former lines', () => {
  const search: KeyAction = { type: 'search' };

  it('finds the newest, then older ones, and Enter sends what is shown', () => {
    expect(press(line('draft'), search, insert('alp')).typing.editing.text).toBe('alpha two');
    const older = press(line('draft'), search, insert('alp'), search);
    expect([older.typing.editing.text, older.typing.search?.query]).toEqual(['alpha one', 'alp']);
    expect(press(older.typing, submit)).toMatchObject({ effect: 'submit', typing: { search: null } });
  });

  it('goes back to the draft with Escape or Ctrl-C', () => {
    const left = press(line('draft'), search, insert('alp'), { type: 'escape' });
    expect([left.typing.editing.text, left.typing.search]).toEqual(['draft', null]);
    expect(press(line('draft'), search, insert('b'), { type: 'interrupt' }).typing.editing.text).toBe('draft');
  });

  it('keeps what was found when nothing more is', () => {
    expect(press(line(''), search, insert('beta'), insert('x')).typing.editing.text).toBe('beta');
    const backspace: KeyAction = { type: 'edit', edit: { type: 'delete', what: 'left' } };
    expect(press(line(''), search, insert('betax'), backspace).typing.editing.text).toBe('beta');
  });
});

it('takes pasted text as it is, with its lines', () => {
  const pasted = typePaste(line('see: '), 'one\ntwo');
  expect([pasted.effect, pasted.typing.editing.text]).toEqual([null, 'see: one\ntwo']);
});

it('leaves keys alone that concern more than the line', () => {
  expect(press(line('x'), { type: 'redraw' })).toEqual({ typing: line('x'), effect: null });
  expect(edit(line('x').editing, { type: 'undo' }).text).toBe('x');
});
