import { expect, test } from 'vitest';
import { begin, family, newAskId, table } from '../support/processes.ts';

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

test.runIf(process.platform === 'linux')(
  'Looking only at what is younger than a process finds what it started, and not what is older',
  async () => {
    const askId = newAskId();
    const older = await begin('true', askId);
    const root = await begin(family, askId);
    const children = await table.descendants(root.pid);
    const recent = await table.startedFor(new Set([askId]), { since: { pid: root.pid, elapsedMs: 1000 } });
    const found = recent.map((known) => known.pid);
    for (const child of children) expect(found).toContain(child.pid);
    if (older.pid < root.pid) expect(found).not.toContain(older.pid);
    const anything = await table.startedFor(new Set([askId]), { since: { pid: root.pid, elapsedMs: 1e12 } });
    expect(anything.map((known) => known.pid)).toContain(older.pid);
  },
);

test.runIf(process.platform === 'linux')(
  'What is known already is not looked at again, but its children are',
  async () => {
    const askId = newAskId();
    const root = await begin(family, askId);
    const children = await table.descendants(root.pid);
    const found = await table.startedFor(new Set([askId]), { except: new Set([root.pid]) });
    const numbers = found.map((known) => known.pid);
    expect(numbers).not.toContain(root.pid);
    for (const child of children) expect(numbers).toContain(child.pid);
  },
);
