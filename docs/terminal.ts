import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { waitFor } from '../test/support/wait-for.ts';

/** A program in a terminal of its own, whose screen can be taken. */
export interface Terminal {
  type(text: string): void;
  /** Presses keys by tmux's names for them: Enter, C-c … */
  press(...keys: readonly string[]): void;
  /** Waits until this stands on the screen, or had stood there and scrolled away. */
  shows(wanted: RegExp): Promise<void>;
  /** The screen, or with `scrolled` all that was on it, with its colours. */
  capture(options?: { readonly scrolled: boolean }): string;
  /** Ends the program and waits until it is gone. */
  close(): Promise<void>;
}

export interface TerminalOptions {
  /** Where the program runs. */
  readonly directory: string;
  /** All that the program gets of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** An empty directory for the terminal's socket. */
  readonly folder: string;
  readonly columns: number;
  readonly rows: number;
}

/** Starts a program in tmux, which stays when the program ends; throws where tmux is not installed. */
export function openTerminal(argv: readonly string[], options: TerminalOptions): Terminal {
  const socket = join(options.folder, 'terminal');
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const variables = Object.entries(options.environment).map(([name, value]) => `${name}=${value}`);
  const size = ['-x', String(options.columns), '-y', String(options.rows)];
  // The program's own environment is built from nothing; tmux would hand on all of ours.
  const command = ['env', '-i', 'TERM=screen-256color', 'LANG=C.UTF-8', ...variables, ...argv];
  tmux('new-session', '-d', '-s', 'main', ...size, '-c', options.directory, ...command);
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  const capture = (...args: readonly string[]) => tmux('capture-pane', '-p', '-t', 'main', ...args);
  return {
    type: (text) => void tmux('send-keys', '-t', 'main', '-l', text),
    press: (...keys) => void tmux('send-keys', '-t', 'main', ...keys),
    async shows(wanted) {
      await waitFor(() => wanted.test(capture('-S', '-')), `the screen shows ${wanted}`).catch((error: Error) => {
        throw new Error(`${error.message}\n${capture('-S', '-')}`);
      });
    },
    capture: ({ scrolled } = { scrolled: false }) => capture('-e', ...(scrolled ? ['-S', '-'] : [])),
    async close() {
      const pid = Number(tmux('display-message', '-p', '-t', 'main', '#{pane_pid}'));
      tmux('kill-server');
      await waitFor(() => !isAlive(pid), 'the program ends');
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
