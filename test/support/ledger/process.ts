import type { Ledger } from '../../../src/ledger/ledger.ts';
import { type Child, startChild } from '../store/child.ts';

type Step = {
  [Name in keyof Ledger]: Ledger[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof Ledger];

/** A real process that has a ledger over a data directory. */
export interface LedgerProcess extends Pick<Child, 'pid' | 'kill' | 'ended'> {
  readonly instance: string;
  /** Takes a step there; functions cannot be handed over, so `adopt` takes everything. What it throws comes as `{error: code}`. */
  call<Name extends Step>(
    step: Name,
    ...values: Name extends 'adopt' ? [] : Parameters<Ledger[Name]>
  ): Promise<ReturnType<Ledger[Name]>>;
  /** Ends it the way a process ends itself. */
  leave(): Promise<number | null>;
}

/** Starts one. */
export async function ledgerProcess(directory: string, ...configuration: readonly string[]): Promise<LedgerProcess> {
  const child = startChild('ledger/serve-ledger.ts', directory, ...configuration);
  const { instance } = await child.next<{ instance: string }>();
  return {
    ...child,
    instance,
    call(step, ...values) {
      child.say(JSON.stringify([step, ...values]));
      return child.next();
    },
    leave() {
      child.say('["leave"]');
      return child.ended();
    },
  };
}
