import type { Output } from './output.ts';
import { widthOf } from './width.ts';

/** Lines at the bottom of a terminal that change in place, under text that scrolls away. */
export interface Painter {
  /** Shows these lines in place of the former ones. The cursor stands where it is told, else behind the last line. */
  paint(lines: readonly string[], cursor?: { readonly row: number; readonly column: number }): void;
  /** Prints text above the lines, which stay. The text ends with a newline. Resolves when it is written. */
  print(text: string): Promise<void>;
  /** Takes the lines away. */
  clear(): void;
}

interface Frame {
  readonly lines: readonly string[];
  readonly row: number;
  readonly column: number;
}

const empty: Frame = { lines: [], row: 0, column: 0 };
// A frame is shown at once where the terminal knows how (others ignore it), and no line of it wraps.
const begin = '\x1b[?2026h\x1b[?25l\x1b[?7l';
const end = '\x1b[?7h\x1b[?25h\x1b[?2026l';

/** Each frame replaces the one before by moving up to where that began; nothing else may write to this terminal meanwhile. */
export function createPainter(output: Output): Painter {
  let shown: Frame = empty;

  function draw(frame: Frame): string {
    const body = frame.lines.map((line) => `${line}\x1b[K`).join('\r\n');
    const up = frame.lines.length - 1 - frame.row;
    return `${body}\x1b[J\r${up > 0 ? `\x1b[${up}A` : ''}${frame.column > 0 ? `\x1b[${frame.column}C` : ''}`;
  }

  function toTop(): string {
    const rows = rowsAbove(shown, output.columns);
    return `\r${rows > 0 ? `\x1b[${rows}A` : ''}`;
  }

  /** Line by line: tmux keeps a screen that is cleared as a whole in its history. */
  function erased(): string {
    const below = Math.max(0, shown.lines.length - 1);
    const lines = `\x1b[K${'\x1b[1B\x1b[K'.repeat(below)}`;
    return `${toTop()}${lines}${below > 0 ? `\x1b[${below}A` : ''}\x1b[J`;
  }

  const ignore = () => undefined;
  return {
    paint(lines, cursor) {
      const last = Math.max(0, lines.length - 1);
      const frame = {
        lines,
        row: Math.min(cursor?.row ?? last, last),
        column: cursor?.column ?? widthOf(lines[last] ?? ''),
      };
      if (isSame(frame, shown)) return;
      output.write(`${begin}${toTop()}${draw(frame)}${end}`).catch(ignore);
      shown = frame;
    },
    print(text) {
      const scrolled = text.replace(/\r?\n/gu, '\r\n');
      return output.write(`${begin}${erased()}\x1b[?7h${scrolled}\x1b[?7l${draw(shown)}${end}`);
    },
    clear() {
      if (shown.lines.length === 0) return;
      output.write(erased()).catch(ignore);
      shown = empty;
    },
  };
}

function isSame(one: Frame, other: Frame): boolean {
  return (
    one.row === other.row &&
    one.column === other.column &&
    one.lines.length === other.lines.length &&
    one.lines.every((line, index) => line === other.lines[index])
  );
}

/** Rows between the top of the frame and the cursor, as the terminal has them now: one that became narrower has wrapped long lines. */
function rowsAbove(frame: Frame, columns: number): number {
  const wrapped = (cells: number) => Math.max(0, Math.ceil(cells / Math.max(1, columns)) - 1);
  const before = frame.lines.slice(0, frame.row).map((line) => 1 + wrapped(widthOf(line)));
  return before.reduce((sum, rows) => sum + rows, 0) + Math.floor(frame.column / Math.max(1, columns));
}
