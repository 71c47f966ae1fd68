import { Worker } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { NOTHING_FOUND, type SearchCall, type SearchReply, type SearchRequest } from './protocol.ts';
import type { Search } from './search.ts';

export interface SearchOptions {
  /** The data directory; indexes are kept in `search/` below it. */
  readonly directory: string;
  /** Told in a sentence what could not be searched, and why. */
  readonly log?: (message: string) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Search over project directories, in a worker thread that is started by the first call and never keeps the process alive
 * by itself. What cannot be searched (a directory that is gone, a full disk) is logged and counts as nothing found.
 */
export function createSearch(options: SearchOptions): Search {
  const complain = (message: string) => options.log?.(message);
  const connection = createConnection(options.directory, complain);
  const orElse = async <T>(fallback: T, call: SearchCall, signal?: AbortSignal): Promise<T> => {
    try {
      return (await connection.send(call, signal)) as T;
    } catch (error) {
      signal?.throwIfAborted();
      complain(`Search failed: ${messageOf(error)}`);
      return fallback;
    }
  };
  return {
    find: (directory, question, signal) => orElse(NOTHING_FOUND, { call: 'find', directory, question }, signal),
    findAll: (directories, question, signal) =>
      orElse(
        directories.map(() => NOTHING_FOUND),
        { call: 'findAll', directories, question },
        signal,
      ),
    count: (directory) => orElse<number | null>(null, { call: 'count', directory }),
    files: (directory, prefix, limit) => orElse<readonly string[]>([], { call: 'files', directory, prefix, limit }),
    close: () => connection.close(),
  };
}

function createConnection(directory: string, complain: (message: string) => void) {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();

  const settle = (id: number): Waiting | undefined => {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    return entry;
  };
  const failAll = (started: Worker, error: Error) => {
    if (worker !== started) return;
    worker = null;
    for (const id of [...waiting.keys()]) settle(id)?.reject(error);
  };
  const start = (): Worker => {
    const started = new Worker(workerFile(), { workerData: { directory }, name: 'search' });
    started.on('message', (reply: SearchReply) => {
      if ('complaint' in reply) return complain(reply.complaint);
      const entry = settle(reply.id);
      if ('error' in reply) entry?.reject(new Error(reply.error));
      else entry?.resolve(reply.value);
    });
    started.on('error', (error) => failAll(started, error instanceof Error ? error : new Error(messageOf(error))));
    started.on('exit', () => failAll(started, new Error('the search thread ended')));
    return started;
  };

  return {
    async send(call: SearchCall, signal?: AbortSignal): Promise<unknown> {
      signal?.throwIfAborted();
      const active = worker ?? start();
      worker = active;
      const id = nextId++;
      active.ref();
      return await new Promise((resolve, reject) => {
        const giveUp = () => settle(id)?.reject(new Error('stopped'));
        signal?.addEventListener('abort', giveUp, { once: true });
        const done = () => signal?.removeEventListener('abort', giveUp);
        waiting.set(id, {
          resolve: (value) => {
            done();
            resolve(value);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        active.postMessage({ ...call, id } satisfies SearchRequest);
      });
    },
    async close(): Promise<void> {
      if (worker === null) return;
      await this.send({ call: 'close' }).catch(() => undefined);
      await worker?.terminate();
      worker = null;
    },
  };
}

/** Unbuilt the worker is TypeScript beside this file, built it is JavaScript. */
function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
}
