import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHistory } from '../../../src/history/sqlite.ts';
import { createLedger } from '../../../src/ledger/sqlite.ts';
import { openStore } from '../../../src/store/store.ts';
import { askWith, messageWith, outcomeWith, partWith, resultWith } from './samples.ts';

/**
 * One of several processes that share a ledger and are killed at any moment: accepts messages, adopts, works and delivers until all is
 * done. It says a line for every step, and writes down who works on which turn, outside of the ledger: `marks/<turn>` while it does,
 * and `deliveries` and `violations` a line each.
 */

const [directory = '', marks = '', count = '0'] = process.argv.slice(2);
const store = openStore({ directory });
const ledger = createLedger({ store, history: createHistory(store), configuration: '/c', role: 'command' });
const ids = Array.from({ length: Number(count) }, (_, number) => `m${number}`);
const say = (step: string) => process.stdout.write(`${JSON.stringify(step)}\n`);

while (!round()) {
  await new Promise(setImmediate);
}
ledger.close();
store.close();

/** Does a little of everything; true when nothing is left to do. */
function round(): boolean {
  const next = ids.shift();
  if (next !== undefined) {
    ledger.accept(messageWith(next, { conversation: `terminal:${Number(next.slice(1)) % 5}` }));
    say('accept');
  }
  for (const turn of ledger.adopt(() => true).turns) {
    say('adopt');
    if (turn.state === 'settled') deliver(turn.id);
  }
  const open = ledger.open();
  for (const turn of open) if (turn.instance === ledger.instance && ledger.begin(turn.id) !== null) work(turn.id);
  return next === undefined && open.length === 0 && ledger.waiting() === 0;
}

function work(turn: string): void {
  say('begin');
  const mark = join(marks, turn);
  claim(mark);
  if (ledger.rounds(turn).length === 0) {
    ledger.decided(turn, { number: 1, reason: null, asks: [askWith(`${turn}:a`), askWith(`${turn}:b`)] });
  }
  for (const ask of ledger.rounds(turn)[0]?.asks ?? []) {
    if (ask.state === 'answered') continue;
    ledger.asking(ask.id, null, 'read');
    say('asking');
    ledger.answered(ask.id, outcomeWith());
    say('answered');
  }
  rmSync(mark);
  ledger.settle(turn, resultWith(turn), [partWith(turn)]);
  say('settle');
  deliver(turn);
}

function deliver(turn: string): void {
  for (const { part } of ledger.unsent(turn)) {
    ledger.sending(part.id);
    appendFileSync(join(marks, 'deliveries'), `${JSON.stringify({ turn, again: part.again })}\n`);
    say('delivered');
    ledger.sent(part.id, null);
  }
}

/** Nobody else alive may work on it. */
function claim(mark: string): void {
  try {
    writeFileSync(mark, String(process.pid), { flag: 'wx' });
  } catch {
    const pid = Number(readFileSync(mark, 'utf8'));
    if (pid !== process.pid && lives(pid)) appendFileSync(join(marks, 'violations'), `${mark} by ${pid}\n`);
    writeFileSync(mark, String(process.pid));
  }
}

/** Neither gone nor on its way: a process that is killed loses its files, and with them its locks, a moment before it is gone. */
function lives(pid: number): boolean {
  try {
    return !/^(State:\s+[ZX]|FDSize:\s+0$)/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
