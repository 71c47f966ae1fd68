import { expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';
import { messageWith } from '../support/ledger/samples.ts';

it('brings a signal from one process to another, which notices that something was written', async () => {
  const { directory, join } = sqliteBench();
  const { ledger } = join();
  const { turn } = ledger.accept(messageWith('m1'));
  const other = await ledgerProcess(directory);
  const before = ledger.version();
  await other.call('signal', turn.id, { kind: 'stop', by: 'Bob' });
  expect(ledger.version()).not.toBe(before);
  expect(await other.call('takeSignals')).toEqual([]);
  expect(ledger.takeSignals()).toEqual([{ turnId: turn.id, signal: { kind: 'stop', by: 'Bob' } }]);
  expect(await other.leave()).toBe(0);
});
