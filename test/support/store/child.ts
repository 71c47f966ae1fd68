import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A real process that runs one of our scripts; it is killed when the test has finished. */
export interface Child {
  readonly pid: number;
  /** The next line it prints, as the JSON it is; rejects when it ends first. */
  next<T>(): Promise<T>;
  /** Tells it to go on: one line on its stdin. */
  say(line: string): void;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** Waits until it ends by itself; its exit code, null where a signal ended it. */
  ended(): Promise<number | null>;
}

/** Starts `test/support/<script>` with these arguments under the Node that runs the tests. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  // It may be killed while something is written to it.
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return {
    pid: pidOf(child),
    async next() {
      const line = await lines.next();
      if (line.done) throw new Error(`${script} ended without saying what was waited for.`);
      return JSON.parse(line.value);
    },
    say: (line) => child.stdin.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async ended() {
      await exited;
      return child.exitCode;
    },
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process could not be started.');
  return child.pid;
}
