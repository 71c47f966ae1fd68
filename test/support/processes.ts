import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { createProcessTable } from '../../src/agents/process-table.ts';
import type { ProcessIdentity, ProcessOutput } from '../../src/agents/provider.ts';
import { createRunner, type Runner, type RunnerOptions } from '../../src/agents/run.ts';
import type { ProcessOptions } from '../../src/agents/supervise.ts';
import { endOrphans } from '../../src/agents/tree.ts';

export const table = createProcessTable();

export interface Ended {
  /** Without what came late. */
  readonly lines: readonly string[];
  readonly late: readonly string[];
  readonly cuts: readonly Extract<ProcessOutput, { readonly type: 'cut' }>[];
  readonly exit: Extract<ProcessOutput, { readonly type: 'exit' }>['exit'];
  readonly failure: Extract<ProcessOutput, { readonly type: 'exit' }>['failure'];
  readonly identity: ProcessIdentity | null;
  readonly milliseconds: number;
}

export interface ShellRun extends Partial<ProcessOptions> {
  readonly input?: string;
  readonly stop?: AbortSignal;
  readonly stopSignal?: 'SIGINT' | 'SIGTERM';
  readonly runner?: RunnerOptions;
  /** Called with every line as it comes. */
  readonly onLine?: (line: string) => void;
}

let asks = 0;

/** An id that no other test uses. */
export function newAskId(): string {
  asks += 1;
  return `test-${process.pid}-${asks}-${Math.random().toString(36).slice(2)}`;
}

/** Runs a program through the real runner to its end. */
export async function runProgram(argv: readonly [string, ...string[]], run: ShellRun = {}): Promise<Ended> {
  const { input = '', stop, stopSignal, runner = {}, onLine, ...given } = run;
  const [file, ...args] = argv;
  const invocation = { file, args, input, ...(stopSignal === undefined ? {} : { stopSignal }) };
  return collect(createRunner(table, runner), invocation, given, stop, onLine);
}

export function runShell(script: string, run: ShellRun = {}): Promise<Ended> {
  return runProgram(['/bin/sh', '-c', script], run);
}

async function collect(
  runner: Runner,
  invocation: Parameters<Runner['spawn']>[0],
  given: Partial<ProcessOptions>,
  stop: AbortSignal | undefined,
  onLine: ((line: string) => void) | undefined,
): Promise<Ended> {
  const begun = performance.now();
  const askId = given.askId ?? newAskId();
  const lines: string[] = [];
  const late: string[] = [];
  const cuts: Extract<ProcessOutput, { readonly type: 'cut' }>[] = [];
  let identity: ProcessIdentity | null = null;
  const options: ProcessOptions = {
    directory: '/',
    environment: { PATH: process.env.PATH ?? '/usr/bin:/bin', TUTTI_ASK: askId },
    signal: new AbortController().signal,
    timeoutMs: null,
    silenceMs: null,
    ...given,
    askId,
    started(started) {
      identity = started;
      given.started?.(started);
    },
  };
  for await (const output of runner.spawn(invocation, options, stop)) {
    if (output.type === 'lines') {
      (output.late ? late : lines).push(...output.lines);
      for (const line of output.lines) onLine?.(line);
    } else if (output.type === 'cut') cuts.push(output);
    else {
      const milliseconds = performance.now() - begun;
      return { lines, late, cuts, exit: output.exit, failure: output.failure, identity, milliseconds };
    }
  }
  throw new Error('The output ended without an exit.');
}

/** Shell that starts two generations of children, one in a session of its own. */
export const family = 'sh -c "setsid sleep 1000 & sleep 1000" & sleep 1000 & sleep 0.1';

/** Starts a shell in a group of its own that says `ready` when all it starts is there. */
export async function begin(script: string, askId: string): Promise<ProcessIdentity> {
  const child = spawn('/bin/sh', ['-c', `${script}; echo ready; sleep 1000`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TUTTI_ASK: askId },
  });
  onTestFinished(() => endOrphans(table, [{ askId, process: table.identity(child.pid ?? 0) }], 0));
  await once(child.stdout, 'data');
  const identity = table.identity(child.pid ?? 0);
  if (identity === null) throw new Error('The process is not there.');
  return identity;
}

/** What still runs for an ask. */
export async function leftOf(askId: string): Promise<readonly ProcessIdentity[]> {
  const found = await table.startedFor(new Set([askId]));
  return found.filter((known) => table.runs(known));
}
