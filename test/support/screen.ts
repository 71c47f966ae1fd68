import { Writable } from 'node:stream';
import xterm from '@xterm/headless';

/** A terminal that shows what is written to it, as a person would see it. */
export interface VirtualScreen {
  readonly stream: Writable & { isTTY: boolean; columns: number; rows: number };
  /** The lines on the screen, without blanks at their ends and without empty lines at the bottom. */
  lines(): readonly string[];
  text(): string;
  /** Everything since the beginning, also what has scrolled away. */
  everything(): string;
  cursor(): { readonly row: number; readonly column: number };
  /** Waits until this stands on the screen. */
  shows(wanted: string | RegExp): Promise<void>;
  /** Waits until this is gone from it. */
  hides(unwanted: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): void;
}

export function virtualScreen(columns = 80, rows = 24): VirtualScreen {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  const watchers = new Set<() => void>();
  const stream = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        terminal.write(chunk, () => {
          done();
          for (const watcher of watchers) watcher();
        });
      },
    }),
    { isTTY: true, columns, rows },
  );
  const read = (from: number, to: number) => {
    const buffer = terminal.buffer.active;
    const lines = [];
    for (let row = from; row < to; row += 1) lines.push(buffer.getLine(row)?.translateToString(true).trimEnd() ?? '');
    while (lines.at(-1) === '') lines.pop();
    return lines;
  };
  const lines = () => read(terminal.buffer.active.viewportY, terminal.buffer.active.viewportY + terminal.rows);

  function until(holds: (text: string) => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(check);
        reject(new Error(`${what}:\n${lines().join('\n')}`));
      }, 10_000);
      function check(): void {
        if (!holds(lines().join('\n'))) return;
        clearTimeout(timer);
        watchers.delete(check);
        resolve();
      }
      watchers.add(check);
      check();
    });
  }

  const holds = (text: string, wanted: string | RegExp) =>
    typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  return {
    stream,
    lines,
    text: () => lines().join('\n'),
    everything: () => read(0, terminal.buffer.active.length).join('\n'),
    cursor: () => ({ row: terminal.buffer.active.cursorY, column: terminal.buffer.active.cursorX }),
    shows: (wanted) => until((text) => holds(text, wanted), `never showed ${wanted}`),
    hides: (unwanted) => until((text) => !holds(text, unwanted), `never hid ${unwanted}`),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      Object.assign(stream, { columns: newColumns, rows: newRows });
      stream.emit('resize');
    },
  };
}
