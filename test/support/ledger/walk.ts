import type { Ledger } from '../../../src/ledger/ledger.ts';
import { askWith, messageWith, outcomeWith, partWith, processIdentity, resultWith } from './samples.ts';

/**
 * Every step of a turn of three asks in two rounds and two parts, in order. A walk may go on where a former one was killed.
 * `bulk` is added to every text in it.
 */
export function walk(ledger: Ledger, before: (step: string) => void, bulk = ''): void {
  const step = <T>(name: string, work: () => T): T => {
    before(name);
    return work();
  };
  const { turn } = step('accept', () => ledger.accept(messageWith('walked', { text: `Question ${bulk}` })));
  if (turn.state !== 'settled') {
    step('begin', () => ledger.begin(turn.id));
    for (const [number, ids] of [
      [1, ['a', 'b']],
      [2, ['c']],
    ] as const) {
      if (ledger.rounds(turn.id)[number - 1] === undefined) {
        step(`decided ${number}`, () =>
          ledger.decided(turn.id, {
            number,
            reason: null,
            asks: ids.map((id) => askWith(id, { prompt: `Prompt ${bulk}` })),
          }),
        );
      }
      for (const ask of ledger.rounds(turn.id)[number - 1]?.asks ?? []) {
        if (ask.state === 'answered') continue;
        step(`asking ${ask.id}`, () => ledger.asking(ask.id, processIdentity, 'read'));
        step(`session ${ask.id}`, () => ledger.session(ask.id, `session of ${ask.id}`));
        step(`answered ${ask.id}`, () => ledger.answered(ask.id, outcomeWith({ text: `Reply ${bulk}` })));
      }
    }
    step('settle', () =>
      ledger.settle(turn.id, resultWith(turn.id, { answer: `Answer ${bulk}` }), [
        partWith(turn.id, 0),
        partWith(turn.id, 1),
      ]),
    );
  }
  for (const { part } of ledger.unsent(turn.id)) {
    step(`sending ${part.position}`, () => ledger.sending(part.id));
    step(`sent ${part.position}`, () => ledger.sent(part.id, null));
  }
}
