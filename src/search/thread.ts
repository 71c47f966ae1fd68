import { Worker } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import type { SearchCall, SearchReply, SearchRequest } from './protocol.ts';

export interface ThreadOptions {
  /** The data directory. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>> | null;
  /** Told what could not be searched while the rest could. */
  complain(message: string): void;
}

/** The worker thread as its owner sees it. */
export interface SearchThread {
  /** Rejects with what went wrong there, when the thread ends, or when the signal says so. */
  send(call: SearchCall, signal?: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread that is started by the first call, again after it has died, and keeps the process alive only while it is asked. */
export function createSearchThread(options: ThreadOptions): SearchThread {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();

  const settle = (id: number): Waiting | undefined => {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    return entry;
  };
  const start = (): Worker => {
    const started = startWorker(options);
    started.on('message', (reply: SearchReply) => {
      if ('complaint' in reply) return options.complain(reply.complaint);
      const entry = settle(reply.id);
      if ('error' in reply) entry?.reject(new Error(reply.error));
      else entry?.resolve(reply.value);
    });
    const end = (error: unknown) => {
      if (worker !== started) return;
      worker = null;
      for (const id of [...waiting.keys()]) settle(id)?.reject(new Error(messageOf(error)));
    };
    started.on('error', end);
    started.on('exit', () => end(new Error('the search thread ended')));
    return started;
  };
  const send = async (call: SearchCall, signal?: AbortSignal): Promise<unknown> => {
    signal?.throwIfAborted();
    worker ??= start();
    worker.ref();
    const id = nextId++;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    worker.postMessage({ ...call, id } satisfies SearchRequest);
    const giveUp = () => settle(id)?.reject(new Error('stopped'));
    signal?.addEventListener('abort', giveUp, { once: true });
    return await answer.promise.finally(() => signal?.removeEventListener('abort', giveUp));
  };
  return {
    send,
    async close() {
      if (worker === null) return;
      await send({ call: 'close' }).catch(() => undefined);
      await worker?.terminate();
      worker = null;
    },
  };
}

/** Unbuilt the worker is TypeScript beside this file, built it is JavaScript. What git hooks set is not passed on: it names another repository. */
function startWorker({ directory, environment }: ThreadOptions): Worker {
  const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  const variables =
    environment === null ? [] : Object.entries(environment).filter(([name]) => !name.startsWith('GIT_'));
  return new Worker(file, {
    workerData: { directory },
    name: 'search',
    // Flags of a program that was given on the command line do not fit a worker.
    execArgv: [],
    ...(environment === null ? {} : { env: Object.fromEntries(variables) }),
  });
}
