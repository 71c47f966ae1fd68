import { parentPort, Worker, workerData } from 'node:worker_threads';

/** A call as it is handed to the worker: which function of which module, with what. */
interface Job {
  readonly tuttiOffThread: { readonly module: string; readonly name: string; readonly args: readonly unknown[] };
}

type Outcome = { readonly value: unknown } | { readonly error: string };
type PureFunction = (...args: never[]) => unknown;

/**
 * Calls a pure function of a module in a worker thread, so that long work does not block this one, and ends it at `timeoutMs`. The
 * function is named by its module's `import.meta.url` and its export; arguments and result must be plain data. Rejects with what the
 * function threw (as an Error with its message), when the time is over, and when the signal aborts. Starting a worker takes about
 * 100 ms: for what would take longer here.
 */
export async function offThread<Called extends PureFunction>(
  module: string,
  name: string,
  args: Parameters<Called>,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Awaited<ReturnType<Called>>> {
  const bound = AbortSignal.any([AbortSignal.timeout(limits.timeoutMs), ...(limits.signal ? [limits.signal] : [])]);
  bound.throwIfAborted();
  const job: Job = { tuttiOffThread: { module, name, args } };
  const worker = new Worker(new URL(import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  try {
    const outcome = await outcomeOf(worker, bound);
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.value as Awaited<ReturnType<Called>>;
  } finally {
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker, bound: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The worker thread ended without a result.')));
    bound.addEventListener('abort', () => reject(bound.reason), { once: true });
  });
}

async function work({ tuttiOffThread: { module, name, args } }: Job): Promise<Outcome> {
  try {
    const exported: unknown = (await import(module))[name];
    if (typeof exported !== 'function') return { error: `${name} is no function of ${module}.` };
    return { value: await exported(...args) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function isJob(data: unknown): data is Job {
  return typeof data === 'object' && data !== null && 'tuttiOffThread' in data;
}

// This file is also what the worker runs. It does not await here: the called module may import this one.
if (isJob(workerData)) void work(workerData).then((outcome) => parentPort?.postMessage(outcome));
