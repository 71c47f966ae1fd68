import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFiles } from '../support/files.ts';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';
import { messageWith } from '../support/ledger/samples.ts';
import { startChild } from '../support/store/child.ts';
import { randomNumbers } from '../support/store/random.ts';

it('takes the turns of a process that was killed, once, whoever of two comes first', async () => {
  const { directory, join: joinBench } = sqliteBench();
  const [killed, one, other] = await Promise.all([
    ledgerProcess(directory),
    ledgerProcess(directory),
    ledgerProcess(directory),
  ]);
  const ids: string[] = [];
  for (let number = 0; number < 20; number += 1) {
    const { turn } = await killed.call('accept', messageWith(`m${number}`, { conversation: `terminal:${number}` }));
    await killed.call('begin', turn.id);
    ids.push(turn.id);
  }
  expect((await one.call('adopt')).turns).toEqual([]);
  await killed.kill();
  const taken = await Promise.all([one.call('adopt'), other.call('adopt')]);
  expect(taken.flatMap(({ turns }) => turns.map((turn) => turn.id)).toSorted()).toEqual(ids.toSorted());
  expect(
    joinBench()
      .ledger.open()
      .map((turn) => turn.crashes),
  ).toEqual(ids.map(() => 1));
});

it('gives each turn one answer, worked on by one process at a time, however often processes are killed', {
  timeout: 240_000,
}, async () => {
  const seed = 20_261_125;
  const random = randomNumbers(seed);
  const { directory, join: joinBench } = sqliteBench();
  const marks = temporaryFiles();
  const turns = 80;
  let kills = 0;
  const lifeAfterLife = async () => {
    for (;;) {
      const child = startChild('ledger/churn.ts', directory, marks, String(turns));
      const steps = kills < 25 ? 1 + Math.floor(random() * 60) : Number.POSITIVE_INFINITY;
      try {
        for (let step = 0; step < steps; step += 1) await child.next();
      } catch {
        // It has ended by itself: nothing is left to do.
        expect(await child.ended(), `seed ${seed}`).toBe(0);
        return;
      }
      kills += 1;
      await child.kill();
    }
  };
  await Promise.all([lifeAfterLife(), lifeAfterLife(), lifeAfterLife(), lifeAfterLife()]);

  const { ledger, history, store } = joinBench({ configuration: '/c' });
  expect(kills, `seed ${seed}`).toBeGreaterThan(10);
  const violations = join(marks, 'violations');
  expect(existsSync(violations) ? readFileSync(violations, 'utf8') : '').toBe('');
  expect(store.notices).toEqual([]);
  expect([ledger.open(), ledger.adopt(() => true).turns, ledger.waiting()]).toEqual([[], [], 0]);
  const settled = [0, 1, 2, 3, 4].flatMap((number) => ledger.conversation(`terminal:${number}`, 1000));
  expect(new Set(settled.map((turn) => turn.message.id)).size).toBe(turns);
  expect(settled).toHaveLength(turns);
  const entries = history.list({ limit: 5000 });
  const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
  expect([count('question'), count('answer')]).toEqual([turns, turns]);
  const answeredAsks = settled
    .flatMap((turn) => ledger.rounds(turn.id).flatMap((round) => round.asks))
    .filter((ask) => ask.outcome !== null);
  expect(count('reply')).toBe(answeredAsks.length);
  const deliveries = readFileSync(join(marks, 'deliveries'), 'utf8')
    .trim()
    .split('\n')
    .map((line): { readonly turn: string; readonly again: boolean } => JSON.parse(line));
  for (const turn of settled) {
    const own = deliveries.filter((delivery) => delivery.turn === turn.id);
    expect(own.length, turn.id).toBeGreaterThan(0);
    expect(
      own.slice(1).every((delivery) => delivery.again),
      turn.id,
    ).toBe(true);
  }
});
