import { expect, it } from 'vitest';
import { createLanes } from '../../src/adapters/lanes.ts';

const clock = () => performance.now();

it('does the work of a lane in order, whatever becomes of it, and lanes side by side', async () => {
  const lanes = createLanes({ intervalMs: 1, signal: new AbortController().signal, clock });
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = lanes.run('a', async () => {
    await gate.promise;
    order.push('a1');
    throw new Error('refused');
  });
  const second = lanes.run('a', async () => void order.push('a2'));
  await lanes.run('b', async () => void order.push('b1'));
  expect(order).toEqual(['b1']);
  gate.resolve();
  await expect(first).rejects.toThrow('refused');
  await second;
  expect(order).toEqual(['b1', 'a1', 'a2']);
});

it('leaves the interval between the end of one and the beginning of the next', async () => {
  const lanes = createLanes({ intervalMs: 60, signal: new AbortController().signal, clock });
  const spans: { from: number; to: number }[] = [];
  const work = async () => {
    const from = clock();
    await new Promise((resolve) => setTimeout(resolve, 20));
    spans.push({ from, to: clock() });
  };
  await Promise.all([lanes.run('a', work), lanes.run('a', work)]);
  expect((spans[1]?.from ?? 0) - (spans[0]?.to ?? 0)).toBeGreaterThanOrEqual(58);
});

it('begins nothing any more when the program ends', async () => {
  const ending = new AbortController();
  const lanes = createLanes({ intervalMs: 60_000, signal: ending.signal, clock });
  await lanes.run('a', async () => 'done');
  const waiting = lanes.run('a', async () => 'never');
  ending.abort();
  await expect(waiting).rejects.toThrow();
});
