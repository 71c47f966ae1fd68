import { readdirSync } from 'node:fs';
import { join as joined } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';

it('knows the processes of a directory, which of them live, and forgets the dead when somebody adopts', async () => {
  const { directory, join } = sqliteBench();
  const [killed, left, living] = await Promise.all([
    ledgerProcess(directory),
    ledgerProcess(directory),
    ledgerProcess(directory),
  ]);
  await killed.kill();
  expect(await left.leave()).toBe(0);
  const { ledger } = join();
  const known = ledger.instances().map(({ pid, alive }) => ({ pid, alive }));
  expect(known).toHaveLength(3);
  expect(known).toContainEqual({ pid: killed.pid, alive: false });
  expect(known).toContainEqual({ pid: living.pid, alive: true });
  expect(known).toContainEqual({ pid: process.pid, alive: true });
  ledger.adopt(() => false);
  expect(
    ledger
      .instances()
      .map(({ pid }) => pid)
      .toSorted(),
  ).toEqual([living.pid, process.pid].toSorted());
  expect(readdirSync(joined(directory, 'instances')).toSorted()).toEqual(
    [`${living.instance}.lock`, `${ledger.instance}.lock`].toSorted(),
  );
});

it('refuses a second process for a surface and workspace with the pid of the first, until that is killed', async () => {
  const { directory, join } = sqliteBench();
  const { ledger } = join();
  const first = await ledgerProcess(directory);
  await first.call('hold', ['slack:T1']);
  expect(() => ledger.hold(['slack:T1'])).toThrow(
    expect.objectContaining({ code: 'already-served', message: expect.stringContaining(String(first.pid)), exit: 2 }),
  );
  await first.kill();
  ledger.hold(['slack:T1']);
});
