import { expect } from 'vitest';
import { sqliteBench } from './bench.ts';

/** One answer, in the ledger and in the history; each ask answered once; every part sent. */
export function expectOneAnswer(directory: string, number: number): void {
  const { ledger, history, end, store } = sqliteBench(directory).join();
  const [turn] = ledger.conversation('terminal:one', 10);
  const kinds = history.list({ limit: 100 }).map((entry) => entry.kind);
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  expect({
    number,
    notices: store.notices,
    turns: ledger.conversation('terminal:one', 10).length,
    open: ledger.open().length,
    asks:
      turn === undefined
        ? []
        : ledger.rounds(turn.id).map((round) => round.asks.map((ask) => `${ask.id} ${ask.state}`)),
    unsent: ledger.adopt(() => true).turns.length,
    entries: [count('question'), count('reply'), count('answer')],
    asked:
      count('ask') === 3 ||
      (count('ask') === 4 && history.list({ limit: 100, kind: 'ask' }).some((entry) => entry.retried)),
  }).toEqual({
    ...{ number, notices: [], turns: 1, open: 0, asks: [['a answered', 'b answered'], ['c answered']], unsent: 0 },
    ...{ entries: [1, 3, 1], asked: true },
  });
  end();
}
