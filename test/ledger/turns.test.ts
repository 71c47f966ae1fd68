import { expect, it } from 'vitest';
import { sqliteBench } from '../support/ledger/bench.ts';
import { ledgerProcess } from '../support/ledger/process.ts';
import { messageWith, resultWith } from '../support/ledger/samples.ts';

it('lets a question wait for a process that runs one of its conversation, and go on when that is killed', async () => {
  const { directory, join } = sqliteBench();
  const other = await ledgerProcess(directory);
  const { turn: first } = await other.call('accept', messageWith('m1'));
  expect((await other.call('begin', first.id))?.state).toBe('running');
  const { ledger } = join();
  const { turn: second } = ledger.accept(messageWith('m2'));
  expect(ledger.begin(second.id)).toBeNull();
  await other.kill();
  expect(ledger.begin(second.id)?.state).toBe('running');
});

it('keeps what was accepted by two processes at once as one turn', async () => {
  const { directory, join } = sqliteBench();
  const processes = await Promise.all([ledgerProcess(directory), ledgerProcess(directory), ledgerProcess(directory)]);
  const ids = Array.from({ length: 20 }, (_, number) => `m${number}`);
  const accepted = await Promise.all(
    ids.map((id) => Promise.all(processes.map((each) => each.call('accept', messageWith(id))))),
  );
  for (const copies of accepted) {
    expect(new Set(copies.map((copy) => copy.turn.id)).size).toBe(1);
    expect(copies.filter((copy) => !copy.repeated)).toHaveLength(1);
  }
  expect(join().ledger.open()).toHaveLength(20);
});

it('measures an answer from the beginning of its work, not from its acceptance', () => {
  let time = 0;
  const { ledger, history } = sqliteBench().join({ now: () => new Date(time) });
  const { turn } = ledger.accept(messageWith('m1'));
  time = 60_000;
  ledger.begin(turn.id);
  time = 62_500;
  ledger.settle(turn.id, resultWith(turn.id), []);
  expect(history.list({ limit: 1 })).toMatchObject([{ kind: 'answer', durationMs: 2500 }]);
});
