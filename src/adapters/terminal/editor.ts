/** What somebody is typing: the text, where the cursor stands in it, what was cut last, what it was before. */
export interface Editing {
  readonly text: string;
  /** An index into `text`, between letters as people count them. */
  readonly cursor: number;
  /** What was cut last, for pasting it back. */
  readonly cut: string;
  /** Former states, newest last. */
  readonly past: readonly { readonly text: string; readonly cursor: number }[];
}

export type EditAction =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'replace'; readonly from: number; readonly to: number; readonly text: string }
  | { readonly type: 'move'; readonly to: 'left' | 'right' | 'word-left' | 'word-right' | 'line-start' | 'line-end' }
  | {
      readonly type: 'delete';
      readonly what: 'left' | 'right' | 'word-left' | 'word-right' | 'line-start' | 'line-end' | 'all';
    }
  | { readonly type: 'yank' }
  | { readonly type: 'transpose' }
  | { readonly type: 'undo' };

/** An empty line, or one with this text and the cursor at its end. */
export function editing(text = ''): Editing {
  return { text, cursor: text.length, cut: '', past: [] };
}

const rememberedStates = 200;

/** What stands there after an action. */
export function edit(state: Editing, action: EditAction): Editing {
  switch (action.type) {
    case 'insert':
      return change(state, state.cursor, state.cursor, action.text);
    case 'replace':
      return change(state, action.from, action.to, action.text);
    case 'move':
      return { ...state, cursor: target(state, action.to) };
    case 'delete':
      return remove(state, action.what);
    case 'yank':
      return change(state, state.cursor, state.cursor, state.cut);
    case 'transpose':
      return transpose(state);
    case 'undo':
      return undo(state);
  }
}

/** Up or down by a line of the text; null when there is none in that direction, so that the history may take over. */
export function moveLine(state: Editing, direction: -1 | 1): Editing | null {
  const start = lineStart(state.text, state.cursor);
  const column = state.cursor - start;
  if (direction === -1) {
    if (start === 0) return null;
    const before = lineStart(state.text, start - 1);
    return { ...state, cursor: atLetter(state.text, Math.min(before + column, start - 1)) };
  }
  const end = lineEnd(state.text, state.cursor);
  if (end === state.text.length) return null;
  const next = Math.min(end + 1 + column, lineEnd(state.text, end + 1));
  return { ...state, cursor: atLetter(state.text, next) };
}

function change(state: Editing, from: number, to: number, text: string): Editing {
  if (from === to && text === '') return state;
  const past = [...state.past.slice(1 - rememberedStates), { text: state.text, cursor: state.cursor }];
  return {
    ...state,
    text: state.text.slice(0, from) + text + state.text.slice(to),
    cursor: from + text.length,
    past,
  };
}

function remove(state: Editing, what: Extract<EditAction, { type: 'delete' }>['what']): Editing {
  if (what === 'all') return cutOut(state, 0, state.text.length);
  const { cursor } = state;
  const edge = target(state, what);
  // At the end of a line its end is what is deleted, so that lines can be joined.
  const reach = what === 'line-end' && edge === cursor ? target(state, 'right') : edge;
  if (what === 'left' || what === 'right') return change(state, Math.min(cursor, reach), Math.max(cursor, reach), '');
  return cutOut(state, Math.min(cursor, reach), Math.max(cursor, reach));
}

function cutOut(state: Editing, from: number, to: number): Editing {
  if (from === to) return state;
  return { ...change(state, from, to, ''), cut: state.text.slice(from, to) };
}

function target(state: Editing, to: Extract<EditAction, { type: 'move' }>['to']): number {
  const { text, cursor } = state;
  switch (to) {
    case 'left':
      return letterBefore(text, cursor);
    case 'right':
      return letterAfter(text, cursor);
    case 'word-left':
      return wordBefore(text, cursor);
    case 'word-right':
      return wordAfter(text, cursor);
    case 'line-start':
      return lineStart(text, cursor);
    case 'line-end':
      return lineEnd(text, cursor);
  }
}

function transpose(state: Editing): Editing {
  const { text, cursor } = state;
  const end = cursor === text.length ? cursor : letterAfter(text, cursor);
  const middle = letterBefore(text, end);
  const start = letterBefore(text, middle);
  if (start === middle || middle === end) return state;
  return change(state, start, end, text.slice(middle, end) + text.slice(start, middle));
}

function undo(state: Editing): Editing {
  const former = state.past.at(-1);
  return former === undefined ? state : { ...state, ...former, past: state.past.slice(0, -1) };
}

function lineStart(text: string, index: number): number {
  return text.lastIndexOf('\n', index - 1) + 1;
}

function lineEnd(text: string, index: number): number {
  const end = text.indexOf('\n', index);
  return end === -1 ? text.length : end;
}

function wordBefore(text: string, index: number): number {
  const before = /[\p{L}\p{N}_]+[^\p{L}\p{N}_]*$|[^\p{L}\p{N}_]+$/u.exec(text.slice(0, index));
  return before === null ? 0 : before.index;
}

function wordAfter(text: string, index: number): number {
  const after = /^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(text.slice(index));
  return index + (after?.[0].length ?? 0);
}

/** Letters are looked for within so many code units: no letter that people type is longer. */
const longestLetter = 64;

function letterBefore(text: string, index: number): number {
  if (index === 0) return 0;
  if (isPlain(text.charCodeAt(index - 1)) && (index < 2 || isPlain(text.charCodeAt(index - 2)))) return index - 1;
  const from = Math.max(0, index - longestLetter);
  const letters = [...new Intl.Segmenter().segment(text.slice(from, index))];
  return from + (letters.at(-1)?.index ?? 0);
}

function letterAfter(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const [letter] = new Intl.Segmenter().segment(text.slice(index, index + longestLetter));
  return index + (letter?.segment.length ?? 1);
}

/** The beginning of the letter that this index stands in. */
function atLetter(text: string, index: number): number {
  const start = lineStart(text, index);
  const line = text.slice(start, lineEnd(text, index));
  const letter = new Intl.Segmenter().segment(line).containing(index - start);
  return start + (letter?.index ?? line.length);
}

function isPlain(code: number): boolean {
  return code < 0x300 && code !== 0x0d;
}
