import type { History } from '../../../src/history/history.ts';
import type { InstanceRecord, Ledger } from '../../../src/ledger/ledger.ts';

/** One process's view of a shared ledger. */
export interface Member {
  readonly ledger: Ledger;
  readonly history: History;
  /** Ends it the way a process ends itself. */
  end(): void;
  /** Ends it the way a process is killed: nothing more of it runs. */
  die(): void;
}

export interface MemberOptions {
  readonly role?: InstanceRecord['role'];
  readonly configuration?: string;
  readonly now?: () => Date;
}

/** What an implementation gives to the suites: members of one shared ledger, which is empty at first. All are ended after the test. */
export type Bench = () => { join(options?: MemberOptions): Member };
