import { UserError } from '../errors.ts';

/** Ledger steps that survive a full disk: kept in order in memory until there is room, while what runs is finished and delivered. */
export interface Steps {
  /** Runs the step, or keeps it when the disk is full. Any other error is thrown. */
  record(step: () => void): void;
  /** Tries again what was kept; true when nothing is kept any more. */
  flush(): boolean;
  /** Why nothing new may be started, or null. */
  readonly full: string | null;
}

export function createSteps(): Steps {
  const kept: (() => void)[] = [];
  let full: string | null = null;

  function attempt(step: () => void): boolean {
    try {
      step();
      return true;
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'disk-full') throw error;
      full = error.message;
      return false;
    }
  }

  function flush(): boolean {
    while (kept[0] !== undefined) {
      if (!attempt(kept[0])) return false;
      kept.shift();
    }
    full = null;
    return true;
  }

  return {
    record(step) {
      if (!flush() || !attempt(step)) kept.push(step);
    },
    flush,
    get full() {
      return full;
    },
  };
}
