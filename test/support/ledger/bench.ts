import { onTestFinished } from 'vitest';
import { createHistory } from '../../../src/history/sqlite.ts';
import { createLedger } from '../../../src/ledger/sqlite.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import type { Member, MemberOptions } from '../../contracts/ledger/bench.ts';
import { dataDirectory } from '../store/directory.ts';

export interface SqliteMember extends Member {
  readonly store: Store;
}

/** Members of one data directory, each with a store and a lock of its own, as processes have them. */
export function sqliteBench(directory: string = dataDirectory()) {
  return {
    directory,
    join(options: MemberOptions = {}): SqliteMember {
      const store = openStore({ directory });
      const { role = 'command', configuration = '/projects/tutti.yaml', now = () => new Date() } = options;
      const history = createHistory(store, now);
      const ledger = createLedger({ store, history, configuration, role, now });
      onTestFinished(() => store.close());
      return {
        store,
        history,
        ledger,
        end: () => {
          ledger.close();
          store.close();
        },
        // The lock is what shows life; without it, the row stands there as a killed process leaves it.
        die: () => store.close(),
      };
    },
  };
}
