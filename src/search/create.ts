import type { SearchResult } from '../agents/provider.ts';
import { messageOf } from '../errors.ts';
import type { SearchCall } from './protocol.ts';
import type { Search } from './search.ts';
import { createSearchThread } from './thread.ts';

export interface SearchOptions {
  /** The data directory; indexes are kept in `search/` below it. */
  readonly directory: string;
  /** Told in a sentence what could not be searched, and why. */
  readonly log?: (message: string) => void;
  /** What git is run with; this process's own environment where it is left out. */
  readonly environment?: Readonly<Record<string, string>>;
}

const NOTHING_FOUND: SearchResult = { hits: [], confidence: 0, nearest: [], files: 0 };

/**
 * Search over project directories, in a worker thread that is started by the first call and never keeps the process alive
 * by itself. What cannot be searched (a directory that is gone, a full disk) is logged and counts as nothing found.
 */
export function createSearch(options: SearchOptions): Search {
  const complain = (message: string) => options.log?.(message);
  const thread = createSearchThread({
    directory: options.directory,
    environment: options.environment ?? null,
    complain,
  });
  const orElse = async <T>(fallback: T, call: SearchCall, signal?: AbortSignal): Promise<T> => {
    try {
      return (await thread.send(call, signal)) as T;
    } catch (error) {
      signal?.throwIfAborted();
      complain(`Search failed: ${messageOf(error)}`);
      return fallback;
    }
  };
  return {
    find: (directory, question, signal) => orElse(NOTHING_FOUND, { call: 'find', directory, question }, signal),
    async findAll(directories, question, signal) {
      const none = directories.map((): SearchResult | null => null);
      const found = await orElse(none, { call: 'findAll', directories, question }, signal);
      return found.map((result) => result ?? NOTHING_FOUND);
    },
    count: (directory) => orElse<number | null>(null, { call: 'count', directory }),
    files: (directory, prefix, limit) => orElse<readonly string[]>([], { call: 'files', directory, prefix, limit }),
    close: () => thread.close(),
  };
}
