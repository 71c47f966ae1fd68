import { commonPrefix } from './completion.ts';
import { type Editing, edit, editing, moveLine } from './editor.ts';
import { type InputHistory, look, search } from './input-history.ts';
import type { KeyAction } from './keys.ts';
import { type Menu, pick } from './menu.ts';

/** A line being typed, with everything that helps. */
export interface Typing {
  readonly editing: Editing;
  readonly history: InputHistory;
  /** What could be completed; null where nothing is offered. */
  readonly menu: Menu | null;
  /** Looking for a former line; null when not. */
  readonly search: Search | null;
}

interface Search {
  readonly query: string;
  /** How far back the line that is shown stands; null when nothing was found. */
  readonly back: number | null;
  /** What was typed before. */
  readonly before: Editing;
}

/** What has to happen outside: the text is to be sent; what can be completed has to be looked up, and (`complete`) the key tried again then. */
export type TypingEffect = 'submit' | 'look-up' | 'complete' | null;

export interface Typed {
  readonly typing: Typing;
  readonly effect: TypingEffect;
}

/** What a key does to the line. Keys that concern more than the line (leaving, tabs, stopping) change nothing here. */
export function typeKey(typing: Typing, action: KeyAction): Typed {
  if (typing.search !== null) return whileSearching(typing, typing.search, action);
  switch (action.type) {
    case 'edit':
      return edited(typing, action);
    case 'newline':
      return insert(typing, '\n');
    case 'submit':
      return submit(typing);
    case 'up':
      return upward(typing);
    case 'down':
      return downward(typing);
    case 'complete':
      return complete(typing, action.backward);
    case 'search':
      return still({ ...typing, menu: null, search: { query: '', back: null, before: typing.editing } });
    case 'escape':
      return still({ ...typing, menu: null });
    default:
      return still(typing);
  }
}

/** Text that came at once. */
export function typePaste(typing: Typing, text: string): Typed {
  const base = typing.search === null ? typing : { ...typing, search: null };
  return still({ ...base, editing: edit(base.editing, { type: 'insert', text }), menu: null });
}

function edited(typing: Typing, action: Extract<KeyAction, { type: 'edit' }>): Typed {
  const picked = action.edit.type === 'move' && action.edit.to === 'right' ? accept(typing) : null;
  if (picked !== null) return picked;
  const next = edit(typing.editing, action.edit);
  const moved = action.edit.type === 'move';
  const menu = moved || typing.menu === null ? null : { ...typing.menu, picked: null, stale: true as const };
  return { typing: { ...typing, editing: next, menu }, effect: moved ? null : 'look-up' };
}

function insert(typing: Typing, text: string): Typed {
  return still({ ...typing, editing: edit(typing.editing, { type: 'insert', text }), menu: null });
}

/** A marked choice is taken; a backslash at the end of the line makes a new line; else the text is sent. */
function submit(typing: Typing): Typed {
  const picked = accept(typing);
  if (picked !== null) return picked;
  const { text, cursor } = typing.editing;
  if (text[cursor - 1] === '\\' && text[cursor - 2] !== '\\' && (cursor === text.length || text[cursor] === '\n')) {
    return still({
      ...typing,
      editing: edit(typing.editing, { type: 'replace', from: cursor - 1, to: cursor, text: '\n' }),
    });
  }
  return { typing: { ...typing, menu: null }, effect: 'submit' };
}

function accept(typing: Typing): Typed | null {
  const { menu } = typing;
  const choice = menu === null || menu.picked === null ? undefined : menu.choices[menu.picked];
  return menu === null || choice === undefined ? null : choose(typing, menu, choice.value);
}

/** Puts a choice in place of what was written of it, with a space behind it where the word ends. */
function choose(typing: Typing, menu: Menu, value: string): Typed {
  const { text, cursor } = typing.editing;
  const ends = !/[/=]$/u.test(value) && (cursor === text.length || /^\S/u.test(text.slice(cursor)));
  const written = needsQuotes(typing.editing.text, menu, value) ? JSON.stringify(value) : value;
  const next = edit(typing.editing, {
    type: 'replace',
    from: menu.from,
    to: cursor,
    text: `${written}${ends ? ' ' : ''}`,
  });
  return { typing: { ...typing, editing: next, menu: null }, effect: 'look-up' };
}

function needsQuotes(text: string, menu: Menu, value: string): boolean {
  return /\s/u.test(value) && /^\s*[/!]/u.test(text) && text[menu.from - 1] !== '@';
}

function upward(typing: Typing): Typed {
  if (typing.menu !== null) return still({ ...typing, menu: pick(typing.menu, -1) });
  const moved = moveLine(typing.editing, -1);
  return moved === null ? recall(typing, 1) : still({ ...typing, editing: moved });
}

function downward(typing: Typing): Typed {
  if (typing.menu !== null) return still({ ...typing, menu: pick(typing.menu, 1) });
  const moved = moveLine(typing.editing, 1);
  return moved === null ? recall(typing, -1) : still({ ...typing, editing: moved });
}

function recall(typing: Typing, direction: 1 | -1): Typed {
  const found = look(typing.history, direction, typing.editing.text);
  if (found === null) return still(typing);
  return still({ ...typing, history: found.history, editing: { ...editing(found.line), cut: typing.editing.cut } });
}

/** Completes as far as all choices agree, then goes through them. */
function complete(typing: Typing, backward: boolean): Typed {
  const { menu } = typing;
  if (menu === null || menu.stale || menu.choices.length === 0) return { typing, effect: 'complete' };
  const [only] = menu.choices;
  if (only !== undefined && menu.choices.length === 1) return choose(typing, menu, only.value);
  const common = commonPrefix(menu.choices.map(({ value }) => value));
  if (menu.picked === null && common.length > menu.prefix.length) {
    const { cursor } = typing.editing;
    const next = edit(typing.editing, { type: 'replace', from: menu.from, to: cursor, text: common });
    return { typing: { ...typing, editing: next }, effect: 'look-up' };
  }
  return still({ ...typing, menu: pick(menu, backward ? -1 : 1) });
}

function whileSearching(typing: Typing, current: Search, action: KeyAction): Typed {
  if (action.type === 'search') return searched(typing, current, current.query, current.back ?? 0);
  if (action.type === 'edit' && action.edit.type === 'insert') {
    return searched(typing, current, current.query + action.edit.text, Math.max(0, (current.back ?? 1) - 1));
  }
  if (action.type === 'edit' && action.edit.type === 'delete' && action.edit.what === 'left') {
    return searched(typing, current, current.query.slice(0, -1), 0);
  }
  if (action.type === 'escape' || action.type === 'interrupt') {
    return still({ ...typing, editing: current.before, search: null });
  }
  return typeKey({ ...typing, search: null }, action);
}

function searched(typing: Typing, current: Search, query: string, before: number): Typed {
  const back = query === '' ? null : search(typing.history, query, before);
  if (back === null)
    return still({ ...typing, search: { ...current, query, back: query === '' ? null : current.back } });
  const line = typing.history.entries.at(-back) ?? '';
  const cursor = Math.max(0, line.toLowerCase().indexOf(query.toLowerCase()));
  return still({
    ...typing,
    editing: { ...editing(line), cursor, cut: typing.editing.cut },
    search: { ...current, query, back },
  });
}

function still(typing: Typing): Typed {
  return { typing, effect: null };
}
