import { describe } from 'vitest';
import { adoptionSuite } from './ledger/adoption.ts';
import { askSuite } from './ledger/asks.ts';
import type { Bench } from './ledger/bench.ts';
import { outboxSuite } from './ledger/outbox.ts';
import { severalSuite } from './ledger/several.ts';
import { turnSuite } from './ledger/turns.ts';

/** Everything that an implementation of the ledger's steps has to do, whatever it keeps them in. */
export function ledgerContract(name: string, bench: Bench): void {
  describe(`the ledger in ${name}`, () => {
    turnSuite(bench);
    askSuite(bench);
    outboxSuite(bench);
    adoptionSuite(bench);
    severalSuite(bench);
  });
}
