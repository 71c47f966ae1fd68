import { describe, expect, it } from 'vitest';
import { messageWith, partWith, resultWith } from '../../support/ledger/samples.ts';
import { begun } from './asks.ts';
import type { Bench } from './bench.ts';

/** How what a turn came to is delivered. */
export function outboxSuite(bench: Bench): void {
  describe('delivering', () => {
    it('goes through the parts in order, until all are sent', () => {
      const member = bench().join();
      const { ledger } = member;
      const turn = begun(member);
      ledger.settle(turn, resultWith(turn), [partWith(turn, 1), partWith(turn, 0)]);
      expect(ledger.unsent(turn)).toEqual([
        { part: { ...partWith(turn, 0), again: false }, state: 'pending', message: messageWith('m1') },
        { part: { ...partWith(turn, 1), again: false }, state: 'pending', message: messageWith('m1') },
      ]);
      ledger.sending(`${turn}:0`);
      expect(ledger.unsent(turn).map((record) => record.state)).toEqual(['sending', 'pending']);
      ledger.sent(`${turn}:0`, 'platform-1');
      expect(ledger.unsent(turn).map((record) => record.part.position)).toEqual([1]);
      ledger.sending(`${turn}:1`);
      ledger.sent(`${turn}:1`, null);
      expect(ledger.unsent(turn)).toEqual([]);
      expect(() => ledger.sending(`${turn}:1`)).toThrow(expect.objectContaining({ code: 'turn-taken' }));
    });

    it('is the owner’s alone, and after its death the adopter’s, who knows what may have arrived', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.ledger.settle(turn, resultWith(turn), [partWith(turn, 0), partWith(turn, 1), partWith(turn, 2)]);
      one.ledger.sending(`${turn}:0`);
      one.ledger.sent(`${turn}:0`, null);
      one.ledger.sending(`${turn}:1`);
      const other = group.join();
      expect(other.ledger.unsent(turn)).toEqual([]);
      expect(other.ledger.adopt(() => true).turns).toEqual([]);
      one.die();
      expect(other.ledger.adopt(() => true).turns).toMatchObject([
        { id: turn, state: 'settled', status: 'answered', crashes: 0 },
      ]);
      expect(other.ledger.unsent(turn).map(({ part }) => [part.position, part.again])).toEqual([
        [1, true],
        [2, false],
      ]);
    });

    it('is adopted by nobody once all was sent', () => {
      const group = bench();
      const one = group.join();
      const turn = begun(one);
      one.ledger.settle(turn, resultWith(turn), [partWith(turn)]);
      one.ledger.sending(`${turn}:0`);
      one.ledger.sent(`${turn}:0`, null);
      one.die();
      expect(group.join().ledger.adopt(() => true).turns).toEqual([]);
    });
  });
}
