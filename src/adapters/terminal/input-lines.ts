import type { Editing } from './editor.ts';
import { widthOf } from './width.ts';

/** The text being typed as it stands on the screen, and where the cursor is in it. */
export interface InputLines {
  readonly lines: readonly string[];
  readonly row: number;
  /** In cells. */
  readonly column: number;
}

const tab = '    ';

/** Wraps what is typed behind a prompt; further lines are indented by its width. At most `rows` lines are shown, those around the cursor. */
export function inputLines(
  state: Pick<Editing, 'text' | 'cursor'>,
  options: { readonly prompt: string; readonly width: number; readonly rows: number },
): InputLines {
  const indent = widthOf(options.prompt);
  const room = Math.max(1, options.width - indent - 1);
  const all: string[] = [];
  let row = 0;
  let column = 0;
  let offset = 0;
  for (const line of state.text.split('\n')) {
    const at = state.cursor - offset;
    const wrapped = wrap(line, room, at >= 0 && at <= line.length ? at : null);
    if (wrapped.cursor !== null) {
      row = all.length + wrapped.cursor.row;
      column = wrapped.cursor.column;
    }
    all.push(...wrapped.rows);
    offset += line.length + 1;
  }
  const first = Math.max(0, Math.min(row - Math.floor(options.rows / 2), all.length - options.rows));
  const lines = all
    .slice(first, first + options.rows)
    .map((line, index) => (first + index === 0 ? options.prompt : ' '.repeat(indent)) + line);
  return { lines, row: row - first, column: indent + column };
}

interface Wrapped {
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number } | null;
}

function wrap(line: string, room: number, cursor: number | null): Wrapped {
  return /^[\x20-\x7e]*$/u.test(line) ? wrapPlain(line, room, cursor) : wrapLetters(line, room, cursor);
}

/** Letters of one cell each need no measuring. */
function wrapPlain(line: string, room: number, cursor: number | null): Wrapped {
  const rows: string[] = [];
  for (let start = 0; start < line.length; start += room) rows.push(line.slice(start, start + room));
  if (rows.length === 0) rows.push('');
  return {
    rows: cursor === rows.length * room ? [...rows, ''] : rows,
    cursor: cursor === null ? null : { row: Math.floor(cursor / room), column: cursor % room },
  };
}

function wrapLetters(line: string, room: number, cursor: number | null): Wrapped {
  const rows = [''];
  let used = 0;
  let at: Wrapped['cursor'] = null;
  for (const { segment, index } of new Intl.Segmenter().segment(line)) {
    const shown = segment === '\t' ? tab : segment;
    const cells = widthOf(shown);
    if (used + cells > room && used > 0) {
      rows.push('');
      used = 0;
    }
    if (cursor !== null && at === null && cursor < index + segment.length) at = { row: rows.length - 1, column: used };
    rows[rows.length - 1] += shown;
    used += cells;
  }
  if (cursor !== null && at === null) {
    if (used >= room) rows.push('');
    at = { row: rows.length - 1, column: used >= room ? 0 : used };
  }
  return { rows, cursor: at };
}
