import { describe, expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { messageWith } from '../support/ledger/samples.ts';

describe('moving a turn in the queue', () => {
  it('finds room between two others however often it is done', () => {
    const { ledger } = sqliteBench().join();
    const ids = Array.from({ length: 4 }, (_, index) => ledger.accept(messageWith(`m${index}`)).turn.id);
    const order = [...ids];
    for (let round = 0; round < 30; round += 1) {
      const moved = order[(round * 7) % 4] ?? '';
      const position = (round * 5) % 4;
      ledger.move(moved, position + 1);
      order.splice(order.indexOf(moved), 1);
      order.splice(position, 0, moved);
      expect(ledger.open().map((turn) => turn.id)).toEqual(order);
    }
  });

  it('changes nothing of other conversations, nor of a turn that runs or is unknown', () => {
    const { ledger } = sqliteBench().join();
    const running = ledger.accept(messageWith('m1')).turn.id;
    const waiting = ledger.accept(messageWith('m2')).turn.id;
    const elsewhere = ledger.accept(messageWith('m3', { conversation: 'terminal:two' })).turn.id;
    ledger.begin(running);
    ledger.move(running, 2);
    ledger.holdTurn(running, true);
    ledger.move('no such turn', 1);
    expect(ledger.open().map((turn) => turn.id)).toEqual([running, waiting, elsewhere]);
    expect(ledger.turn(running)?.held).toBe(false);
  });
});
