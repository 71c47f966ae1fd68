import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { execa } from 'execa';
import { messageOf } from '../errors.ts';
import { findBinary } from './binary.ts';
import type { ProcessTable } from './process-table.ts';
import type { FailureReason, Invocation, ProcessOutput } from './provider.ts';
import { type Child, type ProcessOptions, supervise } from './supervise.ts';
import { createReaper, signalGroup } from './tree.ts';

export interface Runner {
  /** See `Run.spawn`. A signal that is aborted with the reason `now` leaves the process no time to end by itself. */
  spawn(invocation: Invocation, options: ProcessOptions, stop?: AbortSignal): AsyncIterable<ProcessOutput>;
  /** Ends the groups of all running processes at once, without waiting: for a program that exits this very moment. */
  endNow(): void;
}

export interface RunnerOptions {
  /** Between asking a process to end and forcing it. */
  readonly graceMs?: number;
  /** Without a byte after the process itself has exited, until its output counts as complete. */
  readonly quietMs?: number;
}

interface Refusal {
  readonly reason: FailureReason;
  readonly message: string;
}

/** The one place where provider processes are started. Starting blocks for some milliseconds, so starts take turns with all other work. */
export function createRunner(table: ProcessTable, { graceMs = 5000, quietMs = 500 }: RunnerOptions = {}): Runner {
  const turn = createTurnstile();
  const roots = new Set<number>();
  const reap = createReaper(table, roots);
  const running = new Set<number>();

  return {
    endNow() {
      for (const pid of running) signalGroup(pid, 'SIGKILL');
    },
    async *spawn(invocation, options, stop) {
      const program = findProgram(invocation.file, options);
      if ('reason' in program) {
        yield notStarted(program);
        return;
      }
      await turn();
      const stops = stop === undefined ? [options.signal] : [options.signal, stop];
      if (stops.some((signal) => signal.aborted)) {
        yield notStarted({ reason: 'cancelled', message: 'It was stopped before it began.' });
        return;
      }
      const child = start(program.path, invocation, options);
      if (child.pid === undefined) {
        yield notStarted(startFailure(program.path, (await child).code));
        return;
      }
      const { pid } = child;
      running.add(pid);
      roots.add(pid);
      // From its exit on, the number may be somebody else's.
      child.nodeChildProcess.once('exit', () => roots.delete(pid));
      const life = supervise(child, pid, { invocation, options, stops, table, reap, graceMs, quietMs });
      try {
        for (let next = await life.output.next(); next !== null; next = await life.output.next()) yield next;
        yield await life.exit;
      } finally {
        life.leave();
        await life.exit;
        running.delete(pid);
      }
    },
  };
}

function start(path: string, invocation: Invocation, options: ProcessOptions): Child {
  return execa(path, invocation.args, {
    cwd: options.directory,
    env: { ...options.environment, ...invocation.env },
    extendEnv: false,
    // A group of its own, so that the whole of it can be ended; and no Ctrl-C of our terminal reaches it.
    detached: true,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
  });
}

/** One start for each turn of the event loop. */
function createTurnstile(): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return async () => {
    last = last.then(() => setImmediate());
    await last;
  };
}

function findProgram(file: string, options: ProcessOptions): Refusal | { readonly path: string } {
  if (!isDirectory(options.directory)) {
    return { reason: 'crashed', message: `Its directory ${options.directory} is not there.` };
  }
  const found = findBinary(file, options.environment, options.directory);
  if (found.found) return { path: found.path };
  if (found.path === null) return { reason: 'not-installed', message: `The program ${file} was not found.` };
  return { reason: 'crashed', message: `${found.path} may not be run (EACCES).` };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function startFailure(path: string, code: string | undefined): Refusal {
  return { reason: 'crashed', message: `${path} could not be started: ${startProblem(code)}.` };
}

function startProblem(code: string | undefined): string {
  switch (code) {
    case 'E2BIG':
      return 'its arguments and environment are longer than the system allows (E2BIG)';
    case 'ENOENT':
      return 'the interpreter that its first line names is not there (ENOENT)';
    case 'EACCES':
      return 'it may not be run (EACCES)';
    case 'ENOEXEC':
      return 'it is no program for this system (ENOEXEC)';
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return `the system has no room for another process (${code})`;
    default:
      return code ?? 'the system gave no reason';
  }
}

function notStarted(failure: Refusal): ProcessOutput {
  return { type: 'exit', exit: { code: null, signal: null, stderr: '' }, failure };
}

/** What a short question to a program (`--version`) came to. */
export interface Probe {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Asks a program something that needs no model and ends by itself; it is ended after `timeoutMs`. Never throws. */
export async function probe(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { directory, timeoutMs = 15_000 }: { readonly directory?: string; readonly timeoutMs?: number } = {},
): Promise<Probe> {
  try {
    const result = await execa(path, args, {
      ...(directory === undefined ? {} : { cwd: directory }),
      env: environment,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: timeoutMs,
      killDescendants: true,
      forceKillAfterDelay: 1000,
      maxBuffer: 1024 * 1024,
    });
    return {
      code: result.exitCode ?? null,
      signal: result.signal ?? null,
      stdout: result.stdout,
      stderr: result.timedOut ? `It did not end within ${timeoutMs / 1000} s.` : result.stderr,
    };
  } catch (error) {
    return { code: null, signal: null, stdout: '', stderr: messageOf(error) };
  }
}
