import { offThread } from '../off-thread.ts';
import { isCostly } from './parse.ts';

/** Long enough for a megabyte of ordinary markdown. */
const longestMs = 5_000;

/**
 * Calls a pure function over markdown: here where that is quick, else in a worker thread, so that hostile or huge text blocks nothing.
 * `module` is the `import.meta.url` of the module that exports it by its name. What takes over five seconds, or fails, is `otherwise`.
 * Rejects only when the signal aborts.
 */
export async function unblocked<Rest extends unknown[], Result>(
  called: (markdown: string, ...rest: Rest) => Result,
  module: string,
  args: [markdown: string, ...rest: Rest],
  otherwise: () => Awaited<Result>,
  signal?: AbortSignal,
): Promise<Awaited<Result>> {
  if (!isCostly(args[0])) return await called(...args);
  try {
    return (await offThread<typeof called>(module, called.name, args, {
      timeoutMs: longestMs,
      signal,
    })) as Awaited<Result>;
  } catch {
    signal?.throwIfAborted();
    return otherwise();
  }
}
