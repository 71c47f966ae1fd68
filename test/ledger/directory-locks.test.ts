import { expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';

it('lets one process write in a directory, and the next one when that is killed', async () => {
  const { directory, join } = sqliteBench();
  const { ledger } = join();
  const other = await ledgerProcess(directory);
  expect(await other.call('lockDirectory', '/projects/api', 'their-turn')).toBe(true);
  expect(ledger.lockDirectory('/projects/api', 'our-turn')).toBe(false);
  await other.kill();
  expect(ledger.lockDirectory('/projects/api', 'our-turn')).toBe(true);
});
