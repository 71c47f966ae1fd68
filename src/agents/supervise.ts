import type { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { createExcerpt } from './excerpt.ts';
import { createOutput, type Output } from './output.ts';
import type { ProcessTable } from './process-table.ts';
import type { Invocation, ProcessIdentity, ProcessOutput } from './provider.ts';
import { spanText } from './span.ts';
import { signalGroup, type Tree } from './tree.ts';

/** What one ask gives to the processes that it starts. */
export interface ProcessOptions {
  readonly askId: string;
  /** Absolute. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Milliseconds the process may run; null for no bound. */
  readonly timeoutMs: number | null;
  /** Milliseconds without output, while no tool call is open; null for no bound. */
  readonly silenceMs: number | null;
  toolOpen?(): boolean;
  /** Called after the start and before the prompt is written. What it throws ends the process. */
  started?(identity: ProcessIdentity): void;
}

/** A process as execa starts it, as far as it is used here. */
export interface Child extends Promise<{ readonly code?: string | undefined }> {
  readonly pid?: number | undefined;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly nodeChildProcess: EventEmitter;
}

export interface Supervision {
  readonly invocation: Invocation;
  readonly options: ProcessOptions;
  readonly stops: readonly AbortSignal[];
  readonly table: ProcessTable;
  reap(tree: Tree): Promise<void>;
  readonly graceMs: number;
  readonly quietMs: number;
}

export interface Life {
  readonly output: Output;
  /** Resolves when nothing of the process's tree runs any more. Never rejects. */
  readonly exit: Promise<Extract<ProcessOutput, { readonly type: 'exit' }>>;
  /** Ends it by force; nothing happens when it has ended. */
  leave(): void;
}

type Ending = 'cancelled' | 'timed-out' | 'silent' | 'refused';

const stderrKept = 16 * 1024;

/** Watches one process from its start to the end of its whole tree. */
export function supervise(child: Child, pid: number, supervision: Supervision): Life {
  const { invocation, options, stops, table, reap, graceMs, quietMs } = supervision;
  const root = table.identity(pid);
  const begun = performance.now();
  const tree = (descendants: Tree['descendants']): Tree => ({
    askId: options.askId,
    root,
    elapsedMs: performance.now() - begun,
    descendants,
  });
  const exited = exitOf(child);
  let collected: Tree['descendants'] = [];
  let ending: Ending | null = null;
  let signalled = false;
  let over = false;
  let refusal = '';

  /** Asks the group to end, and forces it where it does not, or at once. Its descendants are collected first: afterwards they are orphans. */
  async function end(reason: Ending, now: boolean): Promise<void> {
    if (over || (ending !== null && !now)) return;
    ending ??= reason;
    collected = [...collected, ...(await table.descendants(pid))];
    if (over) return;
    output.markLate();
    signalled = true;
    if (!now) {
      signalGroup(pid, invocation.stopSignal ?? 'SIGTERM');
      await Promise.race([exited, wait(graceMs, undefined, { ref: false })]);
      if (over) return;
      collected = [...collected, ...(await table.descendants(pid))];
    }
    await reap(tree(collected));
  }

  const clock = createClock(options, (reason) => void end(reason, false));
  const output = createOutput(child.stdout, clock.heard);
  const stderr = collectText(child.stderr, clock.heard);
  const onAbort = (event: Event) => {
    const now = event.target instanceof AbortSignal && event.target.reason === 'now';
    void end('cancelled', now);
  };
  for (const stop of stops) stop.addEventListener('abort', onAbort);

  async function finish(): Promise<Extract<ProcessOutput, { readonly type: 'exit' }>> {
    const { code, signal } = await exited;
    over = true;
    clock.stop();
    for (const stop of stops) stop.removeEventListener('abort', onAbort);
    // Once it was told to end, nothing that holds its output open is worth waiting for.
    if (signalled) await reap(tree(collected));
    output.finish(quietMs);
    await output.ended;
    if (!signalled) await reap(tree(collected));
    await Promise.race([stderr.ended, wait(quietMs, undefined, { ref: false })]);
    child.stderr.destroy();
    const failure = signalled && ending !== null ? endingFailure(ending, options, refusal) : null;
    return { type: 'exit', exit: { code, signal, stderr: stderr.text() }, failure };
  }

  const exit = finish();
  try {
    if (root !== null) options.started?.(root);
    child.stdin.on('error', () => {});
    child.stdin.end(invocation.input);
  } catch (error) {
    refusal = messageOf(error);
    void end('refused', true);
  }
  return {
    output,
    exit,
    leave() {
      output.discard();
      void end('cancelled', true);
    },
  };
}

function exitOf(child: Child): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve) => {
    child.nodeChildProcess.once('exit', (code: number | null, signal: string | null) => resolve({ code, signal }));
  });
}

/** Keeps the two bounds of a run: its whole time, and its silence while no tool is open. */
function createClock(options: ProcessOptions, end: (reason: 'timed-out' | 'silent') => void) {
  const { timeoutMs, silenceMs } = options;
  const total = timeoutMs === null ? null : setTimeout(() => end('timed-out'), Math.min(timeoutMs, longest));
  const silence: NodeJS.Timeout | null =
    silenceMs === null
      ? null
      : setTimeout(
          () => {
            if (options.toolOpen?.() === true) silence?.refresh();
            else end('silent');
          },
          Math.min(silenceMs, longest),
        );
  return {
    heard() {
      silence?.refresh();
    },
    stop() {
      if (total !== null) clearTimeout(total);
      if (silence !== null) clearTimeout(silence);
    },
  };
}

/** What a timer can hold. */
const longest = 2 ** 31 - 1;

function collectText(stream: Readable, heard: () => void) {
  const kept = createExcerpt(stderrKept);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    heard();
    kept.add(text);
  });
  stream.on('close', resolve);
  stream.on('error', resolve);
  return { ended, text: () => (kept.truncated ? `${kept.head}\n…\n${kept.tail}` : kept.head) };
}

function endingFailure(ending: Ending, options: ProcessOptions, refusal: string) {
  switch (ending) {
    case 'cancelled':
      return { reason: 'cancelled', message: 'It was stopped.' } as const;
    case 'timed-out':
      return { reason: 'timed-out', message: `It was not done after ${spanText(options.timeoutMs ?? 0)}.` } as const;
    case 'silent':
      return {
        reason: 'silent',
        message: `It printed nothing for ${spanText(options.silenceMs ?? 0)} while no tool was running.`,
      } as const;
    case 'refused':
      return { reason: 'crashed', message: `It was not asked: ${refusal}` } as const;
  }
}
