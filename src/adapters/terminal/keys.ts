import type { EditAction } from './editor.ts';

/** A key as Node's decoder of terminal sequences gives it. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

export type KeyAction =
  | { readonly type: 'edit'; readonly edit: EditAction }
  | { readonly type: 'submit' }
  | { readonly type: 'newline' }
  | { readonly type: 'up' | 'down' }
  | { readonly type: 'complete'; readonly backward: boolean }
  | { readonly type: 'search' }
  | { readonly type: 'interrupt' }
  | { readonly type: 'end' }
  | { readonly type: 'escape' }
  | { readonly type: 'redraw' }
  | { readonly type: 'suspend' }
  | { readonly type: 'tab'; readonly number: number }
  | { readonly type: 'next-tab'; readonly step: 1 | -1 }
  | { readonly type: 'paste-start' | 'paste-end' };

const move = (to: Extract<EditAction, { type: 'move' }>['to']): KeyAction => ({
  type: 'edit',
  edit: { type: 'move', to },
});
const remove = (what: Extract<EditAction, { type: 'delete' }>['what']): KeyAction => ({
  type: 'edit',
  edit: { type: 'delete', what },
});

/** Keys without a letter, and those held with Control or Alt; as in readline, bash and most line editors. */
const bindings: Readonly<Record<string, KeyAction>> = {
  return: { type: 'submit' },
  'M-return': { type: 'newline' },
  'M-enter': { type: 'newline' },
  enter: { type: 'newline' },
  tab: { type: 'complete', backward: false },
  'S-tab': { type: 'complete', backward: true },
  escape: { type: 'escape' },
  'M-escape': { type: 'escape' },
  up: { type: 'up' },
  'C-p': { type: 'up' },
  down: { type: 'down' },
  'C-n': { type: 'down' },
  left: move('left'),
  'C-b': move('left'),
  right: move('right'),
  'C-f': move('right'),
  'C-left': move('word-left'),
  'M-left': move('word-left'),
  'M-b': move('word-left'),
  'C-right': move('word-right'),
  'M-right': move('word-right'),
  'M-f': move('word-right'),
  home: move('line-start'),
  'C-a': move('line-start'),
  end: move('line-end'),
  'C-e': move('line-end'),
  backspace: remove('left'),
  'C-h': remove('left'),
  delete: remove('right'),
  'C-w': remove('word-left'),
  'M-backspace': remove('word-left'),
  'C-backspace': remove('word-left'),
  'M-d': remove('word-right'),
  'M-delete': remove('word-right'),
  'C-u': remove('line-start'),
  'C-k': remove('line-end'),
  'C-y': { type: 'edit', edit: { type: 'yank' } },
  'C-t': { type: 'edit', edit: { type: 'transpose' } },
  'C-_': { type: 'edit', edit: { type: 'undo' } },
  'C-r': { type: 'search' },
  'C-c': { type: 'interrupt' },
  'C-d': { type: 'end' },
  'C-l': { type: 'redraw' },
  'C-z': { type: 'suspend' },
  'C-pagedown': { type: 'next-tab', step: 1 },
  'C-pageup': { type: 'next-tab', step: -1 },
  'M-n': { type: 'next-tab', step: 1 },
  'M-p': { type: 'next-tab', step: -1 },
  'paste-start': { type: 'paste-start' },
  'paste-end': { type: 'paste-end' },
};

/** What a key means; null for one that means nothing. `typed` is the text it stands for, if any. */
export function keyAction(typed: string | undefined, key: Key): KeyAction | null {
  if (typed === '\x1f') return bindings['C-_'] ?? null;
  const name = key.name ?? '';
  if (key.meta && /^[1-9]$/u.test(name)) return { type: 'tab', number: Number(name) };
  const held = `${key.ctrl ? 'C-' : ''}${key.meta ? 'M-' : ''}`;
  const bound = Object.hasOwn(bindings, held + name) ? bindings[held + name] : undefined;
  if (name === 'tab' && key.shift) return bindings['S-tab'] ?? null;
  if (bound !== undefined) return bound;
  if (key.ctrl || key.meta || typed === undefined || !isText(typed)) return null;
  return { type: 'edit', edit: { type: 'insert', text: typed } };
}

function isText(typed: string): boolean {
  return typed !== '' && !/[\x00-\x1f\x7f-\x9f]/u.test(typed);
}

/** What `/help keys` shows. */
export const keysHelp = `Enter            send; while something runs, the question is queued
Alt-Enter        a new line; also Ctrl-J, or a backslash before Enter
Tab              complete a command, an argument, an @agent or an @file
Up, Down         former lines; within a text of several lines, its lines
Ctrl-R           search former lines; again for an older one
Ctrl-C           clear the line; stop what runs; twice leaves
Ctrl-D           leave, on an empty line
Alt-1 … Alt-9    go to a tab; Alt-N and Alt-P to the next and the previous one
Ctrl-A, Ctrl-E   to the beginning and the end of the line
Alt-B, Alt-F     a word back, a word on
Ctrl-W, Alt-D    delete a word to the left, to the right
Ctrl-U, Ctrl-K   delete to the beginning, to the end of the line; Ctrl-Y brings it back
Ctrl-_           undo
Ctrl-L           clear the screen
Ctrl-Z           suspend; fg comes back`;
