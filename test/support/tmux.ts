import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
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
  /** The same with its colours. */
  painted(): string;
  /** What has scrolled away, and the screen. */
  everything(): string;
  shows(wanted: string | RegExp): Promise<void>;
  hides(unwanted: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Waits until the program has ended. */
  ended(): Promise<void>;
}

export interface TmuxOptions {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** Starts a shell command in a terminal of its own, which is gone after the test. */
export function startInTmux(command: string, options: TmuxOptions): TmuxTerminal {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-tmux-'));
  const socket = join(folder, 'socket');
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const size = ['-x', String(options.columns ?? 100), '-y', String(options.rows ?? 30)];
  const variables = Object.entries({ ...options.environment, LANG: 'C.UTF-8' }).flatMap(([name, value]) => [
    '-e',
    `${name}=${value}`,
  ]);
  tmux('new-session', '-d', '-s', 'main', ...size, '-c', options.directory, ...variables, command);
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  onTestFinished(() => {
    spawnSync('tmux', ['-S', socket, 'kill-server']);
    rmSync(folder, { recursive: true, force: true });
  });
  const capture = (...args: readonly string[]) =>
    tmux('capture-pane', '-p', '-t', 'main', ...args)
      .replace(/[ \t]+$/gmu, '')
      .trimEnd();
  const holds = (wanted: string | RegExp) => {
    const text = capture();
    return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  };
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
    painted: () => capture('-e'),
    everything: () => capture('-S', '-2000'),
    shows: (wanted) => until(() => holds(wanted), `the screen never showed ${wanted}`),
    hides: (unwanted) => until(() => !holds(unwanted), `the screen never hid ${unwanted}`),
    ended: () => until(() => tmux('list-panes', '-t', 'main', '-F', '#{pane_dead}').trim() === '1', 'it never ended'),
    resize: (columns, rows) => void tmux('resize-window', '-t', 'main', '-x', String(columns), '-y', String(rows)),
  };
}
