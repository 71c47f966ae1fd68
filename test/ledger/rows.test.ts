import { expect, it } from 'vitest';
import { turnAt } from '../../src/ledger/rows.ts';
import { sqliteBench } from '../support/ledger/bench.ts';
import { messageWith } from '../support/ledger/samples.ts';

it('finds a turn by its row number, and says when there is none', () => {
  const { ledger, store } = sqliteBench().join();
  const { turn } = ledger.accept(messageWith('m1'));
  expect(turnAt(store, turn.sequence)).toEqual(turn);
  expect(() => turnAt(store, 99)).toThrow('no turn 99');
});

it('calls the file damaged where a turn’s message cannot be read', () => {
  const { ledger, store } = sqliteBench().join();
  ledger.accept(messageWith('m1'));
  store.get('PRAGMA ignore_check_constraints = ON');
  store.run(`UPDATE turn_texts SET message = '{"half'`);
  expect(() => ledger.open()).toThrow(expect.objectContaining({ code: 'store-damaged' }));
});
