import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createReaper, endOrphans, killTrees } from '../../src/agents/tree.ts';
import { begin, family, leftOf, newAskId, table } from '../support/processes.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

test('A tree is ended with those of its descendants that have left its group', async () => {
  const askId = newAskId();
  const root = await begin(family, askId);
  const descendants = await table.descendants(root.pid);
  await killTrees(table, [{ askId, root, elapsedMs: null, descendants }]);
  expect([root, ...descendants].filter((known) => table.runs(known))).toEqual([]);
});

test('Trees that are handed in together are all ended', async () => {
  const asks = Array.from({ length: 8 }, newAskId);
  const reap = createReaper(table, new Set());
  const roots = await Promise.all(asks.map((askId) => begin(family, askId)));
  await Promise.all(
    roots.map((root, index) => reap({ askId: asks[index] ?? '', root, elapsedMs: 5000, descendants: [] })),
  );
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
  const root = await begin(`trap "touch ${sign}; exit 0" TERM; echo ready; while :; do sleep 0.02; done`, askId);
  await endOrphans(table, [{ askId, process: root }]);
  expect(existsSync(sign)).toBe(true);
  expect(await leftOf(askId)).toEqual([]);
});

test('Without orphans nothing is looked at', async () => {
  await expect(endOrphans(table, [])).resolves.toBeUndefined();
});
