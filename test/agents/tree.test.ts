import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ProcessIdentity } from '../../src/agents/provider.ts';
import { createReaper, endOrphans, killTrees } from '../../src/agents/tree.ts';
import { leftOf, newAskId, table } from '../support/processes.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

/** Starts a shell in a group of its own that says `ready` when all it starts is there. */
async function begin(script: string, askId: string): Promise<ProcessIdentity> {
  const child = spawn('/bin/sh', ['-c', `${script}; echo ready; sleep 1000`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TUTTI_ASK: askId },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const identity = table.identity(child.pid ?? 0);
  if (identity === null) throw new Error('The process is not there.');
  return identity;
}

const family = 'sh -c "setsid sleep 1000 & sleep 1000" & sleep 1000 & sleep 0.1';

test('A process is known by its number, its start and the boot; another start is another process', async () => {
  const known = await begin('true', newAskId());
  expect(table.runs(known)).toBe(true);
  expect(table.runs({ ...known, startTime: '1' })).toBe(false);
  expect(table.runs({ ...known, boot: 'another boot' })).toBe(false);
  expect(table.identity(2 ** 22 - 1)).toBeNull();
});

test('Descendants of every generation are found, also in sessions of their own', async () => {
  const root = await begin(family, newAskId());
  const descendants = await table.descendants(root.pid);
  expect(descendants.length).toBeGreaterThanOrEqual(4);
  expect(new Set(descendants.map((known) => known.group)).size).toBeGreaterThan(1);
  expect(descendants.map((known) => known.pid)).not.toContain(root.pid);
});

test.runIf(process.platform === 'linux')(
  'What was started for an ask is found by its environment, and nothing else',
  async () => {
    const [mine, other] = [newAskId(), newAskId()];
    const root = await begin(family, mine);
    await begin('true', other);
    const found = await table.startedFor(new Set([mine]));
    expect(found.map((known) => known.pid)).toContain(root.pid);
    expect(found.length).toBeGreaterThanOrEqual(5);
    expect(await table.startedFor(new Set([newAskId()]))).toEqual([]);
  },
);

test('A tree is ended with those of its descendants that have left its group', async () => {
  const askId = newAskId();
  const root = await begin(family, askId);
  const descendants = await table.descendants(root.pid);
  await killTrees(table, [{ askId, root, descendants }]);
  expect([root, ...descendants].filter((known) => table.runs(known))).toEqual([]);
});

test('Trees that are handed in together are all ended', async () => {
  const asks = Array.from({ length: 8 }, newAskId);
  const reap = createReaper(table);
  const roots = await Promise.all(asks.map((askId) => begin(family, askId)));
  await Promise.all(roots.map((root, index) => reap({ askId: asks[index] ?? '', root, descendants: [] })));
  expect((await Promise.all(asks.map(leftOf))).flat()).toEqual([]);
});

test('Orphans of a dead instance are ended: by their recorded process, and by their ask where none was recorded', async () => {
  const [recorded, unrecorded, foreign] = [newAskId(), newAskId(), newAskId()];
  const root = await begin(family, recorded);
  await begin(family, unrecorded);
  const alive = await begin('true', foreign);
  await endOrphans(
    table,
    [
      { askId: recorded, process: root },
      { askId: unrecorded, process: null },
    ],
    300,
  );
  expect([...(await leftOf(recorded)), ...(await leftOf(unrecorded))]).toEqual([]);
  expect(table.runs(alive)).toBe(true);
});

test('A recorded process whose number now belongs to another one is left alone', async () => {
  const stranger = await begin('true', newAskId());
  await endOrphans(table, [{ askId: newAskId(), process: { ...stranger, startTime: '17' } }], 100);
  expect(table.runs(stranger)).toBe(true);
});

test('Orphans may end by themselves before they are forced', async () => {
  const askId = newAskId();
  const sign = join(temporaryDirectory(), 'ended-by-itself');
  const root = await begin(`trap "touch ${sign}; exit 0" TERM`, askId);
  await endOrphans(table, [{ askId, process: root }]);
  expect(existsSync(sign)).toBe(true);
  expect(await leftOf(askId)).toEqual([]);
});

test('Without orphans nothing is looked at', async () => {
  await expect(endOrphans(table, [])).resolves.toBeUndefined();
});
