import { expect, it } from 'vitest';
import { orphans } from '../../src/ledger/processes.ts';
import { sqliteBench } from '../support/ledger/bench.ts';
import { askWith, messageWith, processIdentity, resultWith } from '../support/ledger/samples.ts';

it('counts no process of a living owner as left, nor one of a turn that has ended', () => {
  const { ledger, store } = sqliteBench().join();
  const { turn } = ledger.accept(messageWith('m1'));
  ledger.begin(turn.id);
  ledger.decided(turn.id, { number: 1, reason: null, asks: [askWith('a')] });
  ledger.asking('a', processIdentity, 'read');
  ledger.processStarted('mind', turn.id, processIdentity);
  expect(orphans(store)).toEqual([]);
  ledger.settle(turn.id, resultWith(turn.id), []);
  expect(store.all('SELECT id FROM processes')).toEqual([]);
  expect(orphans(store)).toEqual([]);
});

it('counts what a killed process had running as left', () => {
  const group = sqliteBench();
  const one = group.join();
  const { turn } = one.ledger.accept(messageWith('m1'));
  one.ledger.begin(turn.id);
  one.ledger.processStarted('mind', turn.id, null);
  one.die();
  const other = group.join();
  expect(other.ledger.adopt(() => true).orphans).toEqual([{ askId: 'mind', process: null }]);
});
