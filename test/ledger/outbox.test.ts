import { expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';
import { messageWith, partWith, resultWith } from '../support/ledger/samples.ts';

it('delivers again, and says so, what a killed process may have delivered', async () => {
  const { directory, join } = sqliteBench();
  const killed = await ledgerProcess(directory);
  const { turn } = await killed.call('accept', messageWith('m1'));
  await killed.call('begin', turn.id);
  await killed.call('settle', turn.id, resultWith(turn.id), [partWith(turn.id, 0), partWith(turn.id, 1)]);
  await killed.call('sending', `${turn.id}:0`);
  const { ledger } = join();
  expect(ledger.unsent(turn.id)).toEqual([]);
  await killed.kill();
  expect(ledger.adopt(() => true).turns).toMatchObject([{ id: turn.id, state: 'settled' }]);
  expect(ledger.unsent(turn.id).map(({ part }) => part.again)).toEqual([true, false]);
});
