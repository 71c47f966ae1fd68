import { setTimeout as wait } from 'node:timers/promises';
import type { Ledger } from '../ledger/ledger.ts';

/** Per directory one writer, over all processes; readers beside it. */
export interface DirectoryLocks {
  /** Resolves with the function that unlocks; rejects with the signal's reason when aborted while waiting. `waits` is called once if it has to. */
  lock(directory: string, turnId: string, signal: AbortSignal, waits: () => void): Promise<() => void>;
  /** Whether another turn of this process is writing there. */
  written(directory: string, turnId: string): boolean;
}

/** `retryMs`: how often a directory that another process writes in is tried again. */
export function createDirectoryLocks(
  ledger: Pick<Ledger, 'lockDirectory' | 'unlockDirectory'>,
  retryMs: number,
): DirectoryLocks {
  const writers = new Map<string, string>();
  return {
    async lock(directory, turnId, signal, waits) {
      let waited = false;
      while (!ledger.lockDirectory(directory, turnId)) {
        if (!waited) waits();
        waited = true;
        await wait(retryMs, undefined, { signal });
      }
      writers.set(directory, turnId);
      return () => {
        writers.delete(directory);
        ledger.unlockDirectory(directory, turnId);
      };
    },
    written: (directory, turnId) => (writers.get(directory) ?? turnId) !== turnId,
  };
}
