import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { basename } from 'node:path';

/** A program of its own that is measured; it tells what it has to tell by messages, beginning with one when it is ready. */
export interface Child {
  /** Does something and resolves with the child's next message. Rejects when the child ends instead. */
  next(trigger: (child: ChildProcess) => void): Promise<unknown>;
  /** Ends it by force and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a module as a process and waits until it is ready; its output is not shown. */
export async function startChild(module: string, args: readonly string[], options: ForkOptions = {}): Promise<Child> {
  const child = fork(module, args, { ...options, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  child.stdout?.resume();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  const running: Child = {
    async next(trigger) {
      const message = new Promise<unknown>((resolve) => child.once('message', resolve));
      trigger(child);
      return Promise.race([
        message,
        ended.then(() => {
          throw new Error(`${basename(module)} ended: ${/^\w*Error: .*/mu.exec(said)?.[0] ?? said.trim()}`);
        }),
      ]);
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  await running.next(() => undefined);
  return running;
}
