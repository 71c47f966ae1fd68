import type { Writable } from 'node:stream';
import { messageOf, UserError } from '../../errors.ts';

/** A stream that somebody reads, or has stopped reading. */
export interface Output {
  readonly isTerminal: boolean;
  /** Cells of a line, at this moment. */
  readonly columns: number;
  readonly rows: number;
  /** Resolves when the operating system has taken it. Rejects with UserError `output-closed` when nobody reads any more. */
  write(text: string): Promise<void>;
  /** Calls back when the reader goes away. */
  onClosed(listener: () => void): void;
}

/** A terminal stream, as far as it is one. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** Wraps a stream so that a reader that leaves early (`… | head`) is an error value instead of a crash. */
export function createOutput(stream: TerminalStream): Output {
  const state = { closed: false };
  const listeners: (() => void)[] = [];
  stream.on('error', () => {
    if (state.closed) return;
    state.closed = true;
    for (const listener of listeners) listener();
  });
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    write(text) {
      return new Promise((resolve, reject) => {
        if (state.closed) {
          reject(closed(null));
          return;
        }
        stream.write(text, (error) => (error == null ? resolve() : reject(closed(error))));
      });
    },
    onClosed(listener) {
      listeners.push(listener);
    },
  };
}

function closed(error: unknown): UserError {
  const why = error === null ? '' : ` (${messageOf(error)})`;
  return new UserError('output-closed', `Nobody reads the output any more${why}.`);
}
