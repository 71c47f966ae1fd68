import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createHistory } from '../src/history/sqlite.ts';
import { createLedger } from '../src/ledger/sqlite.ts';
import { openStore } from '../src/store/store.ts';
import { median } from './median.ts';
import type { BenchRow } from './row.ts';

const configuration = '/projects/tutti.yaml';

/** A start after a crash that left many open turns: until all are taken over, against merely reading them from the same file. */
export async function run(options: { readonly turns?: number; readonly rounds?: number } = {}): Promise<BenchRow[]> {
  const { turns = 10_000, rounds = 7 } = options;
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    leaveBehind(directory, turns);
    const times = Array.from({ length: rounds }, () => ({
      peer: timed(() => readRaw(directory, turns)),
      ours: timed(() => recover(directory, turns)),
    }));
    const ours = median(times.map((time) => time.ours));
    const peer = median(times.map((time) => time.peer));
    const name = `recovery with ${turns} open turns`;
    return [
      {
        name: `${name}, against reading them`,
        ours,
        peer,
        ratio: ours / peer,
        goal: 'at most 3x',
        reached: ours <= 3 * peer,
        unit: 'ms',
      },
      {
        name: `${name}, in time`,
        ours,
        peer: 1000,
        ratio: ours / 1000,
        goal: 'at most 1 s',
        reached: ours <= 1000,
        unit: 'ms',
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What a process leaves that is killed with so many turns waiting. */
function leaveBehind(directory: string, turns: number): void {
  const store = openStore({ directory });
  const ledger = createLedger({ store, history: createHistory(store), configuration, role: 'serve' });
  store.transaction(() => {
    for (let number = 0; number < turns; number += 1) {
      ledger.accept({
        id: `message ${number}`,
        at: new Date(number).toISOString(),
        place: {
          surface: 'slack',
          workspace: 'T1',
          channel: `C${number % 50}`,
          thread: String(number),
          direct: false,
          private: false,
        },
        conversation: `slack:C${number % 50}:${number % 1000}`,
        addressed: 'mention',
        author: { id: `U${number % 90}`, name: `Person ${number % 90}`, isBot: false, roles: [] },
        text: `Question ${number}: how does the worker deal with limits, and what does the web show while it waits for them?`,
        attachments: [],
        replyTo: { surface: 'slack', data: { channel: `C${number % 50}`, thread: String(number) } },
      });
    }
  });
  // Without ending the ledger: its row stands there as that of a killed process.
  store.close();
}

function recover(directory: string, turns: number): void {
  const store = openStore({ directory });
  const ledger = createLedger({ store, history: createHistory(store), configuration, role: 'serve' });
  if (ledger.adopt(() => true).turns.length !== turns) throw new Error('Not all turns were taken over.');
  store.close();
}

function readRaw(directory: string, turns: number): void {
  const database = new DatabaseSync(join(directory, 'tutti.db'));
  const messages = database
    .prepare(
      'SELECT turns.*, turn_texts.message FROM turns JOIN turn_texts ON turn_texts.turn = turns.sequence WHERE done = 0',
    )
    .all()
    .map((row) => JSON.parse(String(row.message)));
  if (messages.length !== turns) throw new Error('Not all turns were read.');
  database.close();
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
