import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

/** A real terminal with a program in it. */
export interface TmuxTerminal {
  /** Types text as it is. */
  type(text: string): void;
  /** Presses keys by tmux's names for them: Enter, Tab, C-c, M-1, Up … */
  press(...keys: readonly string[]): void;
  /** Pastes as a terminal does, marked as pasted where the program wants that. */
  paste(text: string): void;
  /** What stands on the screen, without blanks at the ends. */
  screen(): string;
  /** What has scrolled away, and the screen. */
  everything(): string;
  /** The screen, or with `scrolled` everything, with its colours. */
  painted(options?: { readonly scrolled: boolean }): string;
  /** Waits until this stands on the screen. */
  shows(wanted: string | RegExp): Promise<void>;
  /** Waits until this stands there, or had stood there and scrolled away. */
  showed(wanted: string | RegExp): Promise<void>;
  hides(unwanted: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Waits until the program has ended. */
  ended(): Promise<void>;
  /** Ends the program and waits until it is gone. */
  close(): Promise<void>;
}

export interface TmuxOptions {
  readonly directory: string;
  /** All that the program gets of the environment, besides its terminal's name and UTF-8. */
  readonly environment: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** Starts a shell command in a terminal of its own, which stays when the command ends; throws where tmux is not installed. */
export function startInTmux(command: string, options: TmuxOptions): TmuxTerminal {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-tmux-'));
  const socket = join(folder, 'socket');
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const size = ['-x', String(options.columns ?? 100), '-y', String(options.rows ?? 30)];
  const variables = Object.entries(options.environment).map(([name, value]) => `${name}=${value}`);
  // Its environment is built from nothing: tmux would hand on all of ours.
  const program = ['env', '-i', 'TERM=screen-256color', 'LANG=C.UTF-8', ...variables, 'sh', '-c', command];
  tmux('new-session', '-d', '-s', 'main', ...size, '-c', options.directory, ...program);
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  const capture = (...args: readonly string[]) =>
    tmux('capture-pane', '-p', '-t', 'main', ...args)
      .replace(/[ \t]+$/gmu, '')
      .trimEnd();
  const whole = ['-S', '-'];
  const isIn = (text: string, wanted: string | RegExp) =>
    typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  const until = async (condition: () => boolean, what: string) => {
    await waitFor(condition, what).catch(() => {
      throw new Error(`${what}:\n${capture()}`);
    });
  };
  return {
    type: (text) => void tmux('send-keys', '-t', 'main', '-l', text),
    press: (...keys) => void tmux('send-keys', '-t', 'main', ...keys),
    paste(text) {
      execFileSync('tmux', ['-S', socket, 'load-buffer', '-'], { input: text });
      tmux('paste-buffer', '-p', '-t', 'main');
    },
    screen: () => capture(),
    everything: () => capture(...whole),
    painted: ({ scrolled } = { scrolled: false }) => capture('-e', ...(scrolled ? whole : [])),
    shows: (wanted) => until(() => isIn(capture(), wanted), `the screen never showed ${wanted}`),
    showed: (wanted) => until(() => isIn(capture(...whole), wanted), `the terminal never showed ${wanted}`),
    hides: (unwanted) => until(() => !isIn(capture(), unwanted), `the screen never hid ${unwanted}`),
    resize: (columns, rows) => void tmux('resize-window', '-t', 'main', '-x', String(columns), '-y', String(rows)),
    ended: () => until(() => tmux('list-panes', '-t', 'main', '-F', '#{pane_dead}').trim() === '1', 'it never ended'),
    async close() {
      const pid = Number(tmux('display-message', '-p', '-t', 'main', '#{pane_pid}'));
      tmux('kill-server');
      await waitFor(() => !isAlive(pid), 'the program ends');
      rmSync(folder, { recursive: true, force: true });
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
