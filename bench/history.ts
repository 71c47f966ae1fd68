import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Keyv from 'keyv';
import type { History, HistoryFilter, NewHistoryEntry } from '../src/history/history.ts';
import { createHistory } from '../src/history/sqlite.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { createCorpus } from './corpus.ts';
import { median } from './median.ts';
import type { BenchRow } from './row.ts';

export interface HistoryBenchOptions {
  /** Entries that are searched. */
  readonly entries?: number;
  /** Entries whose newest fifty are read. */
  readonly tail?: number;
  /** How often the whole of it is scanned the other way; each takes seconds. */
  readonly scans?: number;
}

/** Entries appended in one transaction, as a step of the ledger appends its own. */
const together = 10;

/**
 * The history against other ways to keep one: a scan of keyv in memory, a LIKE scan of the same table, and a log in the manner of
 * Maestro's group chats, of which this is a stand-in made for the purpose: a line is appended after a mkdir, never flushed, and all of
 * the file is read and split for its end.
 */
export async function run(options: HistoryBenchOptions = {}): Promise<BenchRow[]> {
  const { entries = 1_000_000, tail = 99_000, scans = 3 } = options;
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  const store = openStore({ directory: join(directory, 'data') });
  const history = createHistory(store);
  const corpus = createCorpus();
  try {
    const appended = await appends(history, store, corpus, join(directory, 'appended'));
    fill(history, store, corpus, tail);
    const tailed = await tails(history, corpus, join(directory, 'tail'), tail);
    fill(history, store, corpus, entries - tail);
    return [...(await searches(history, store, corpus, entries, scans)), ...appended, tailed];
  } finally {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function entryOf(number: number, text: string): NewHistoryEntry {
  return {
    kind: number % 2 === 0 ? 'ask' : 'reply',
    conversation: `slack:C${number % 50}:${number % 5000}`,
    place: { surface: 'slack', workspace: 'T1', channel: `C${number % 50}`, direct: false, private: number % 50 > 40 },
    actor: `Person ${number % 90}`,
    actorId: `U${number % 90}`,
    agent: `agent-${number % 12}`,
    summary: text.slice(0, 60),
    text,
    sessionId: null,
    durationMs: null,
    usage: null,
    status: null,
    retried: false,
  };
}

function fill(history: History, store: Store, corpus: (number: number) => string, count: number): void {
  for (let done = 0; done < count; done += 1000) {
    store.transaction(() => {
      for (let number = done; number < Math.min(count, done + 1000); number += 1) {
        history.append(entryOf(number, corpus(number)));
      }
    });
  }
}

async function searches(
  history: History,
  store: Store,
  corpus: (number: number) => string,
  entries: number,
  scans: number,
): Promise<BenchRow[]> {
  const phrase = 'pull request';
  const times = kindsOfLists(entries).map((filter) =>
    Array.from({ length: 20 }, () => timed(() => history.list(filter))),
  );
  const ninetyFifth =
    times.flat().toSorted((one, other) => one - other)[Math.floor(times.length * 20 * 0.95)] ?? Number.NaN;
  const slowest = Math.max(...times.map(median));
  const ours = median(Array.from({ length: 20 }, () => timed(() => history.list({ limit: 20, query: `"${phrase}"` }))));
  const like = median(
    Array.from({ length: scans }, () =>
      // For a phrase that is nowhere, as a LIKE that finds enough ends early.
      timed(() =>
        store.all('SELECT * FROM history WHERE text LIKE ? ORDER BY sequence DESC LIMIT 20', '%pull request nowhere%'),
      ),
    ),
  );
  const keyv = await keyvScan(corpus, entries, scans, phrase);
  const name = `search of ${entries} entries`;
  return [
    row(`${name}, against a scan of keyv in memory`, ours, keyv, 1 / 1000),
    row(`${name}, against a LIKE scan`, ours, like, 1 / 50),
    {
      ...row(`${name}, 95th percentile of ${times.length} kinds of lists and searches`, ninetyFifth, 5, 1),
      goal: 'at most 5 ms',
    },
    { ...row(`${name}, the slowest kind of them`, slowest, 50, 1), goal: 'at most 50 ms' },
  ];
}

/** What people look for: rare and common words, phrases, beginnings, and each kind of filter alone and with words. */
function kindsOfLists(entries: number): readonly HistoryFilter[] {
  const visible = {
    ...{ conversation: 'x', surface: 'slack', workspace: 'T1', channel: 'C45', publicOfWorkspace: false },
    agents: ['agent-1', 'agent-3'],
  };
  const words = [
    ...['"pull request"', 'the', 'license function', 'zlib', 'install', 'error message', '"for example"', 'nowhere'],
    ...['a*', 'opt*', 'zl*', 'promi*', 'function*'],
  ].map((query) => ({ query }));
  const filters: readonly Omit<HistoryFilter, 'limit'>[] = [
    ...words,
    {},
    { before: String(Math.floor(entries / 2)) },
    { query: 'the', before: String(Math.floor(entries / 2)) },
    { agent: 'agent-3', kind: 'reply' },
    { agent: 'agent-3', query: 'function' },
    { conversation: 'slack:C7:1207' },
    { conversation: 'slack:C7:1207', query: 'the' },
    { by: 'U17', query: 'function', until: new Date() },
    { kind: 'task' },
    { visible },
    { visible: { ...visible, publicOfWorkspace: true } },
    { visible, query: 'function' },
  ];
  return filters.map((filter) => ({ ...filter, limit: 20 }));
}

async function keyvScan(
  corpus: (number: number) => string,
  entries: number,
  scans: number,
  phrase: string,
): Promise<number> {
  const keyv = new Keyv<string>();
  for (let number = 0; number < entries; number += 1) await keyv.set(String(number), corpus(number));
  const times: number[] = [];
  for (let scan = 0; scan < scans; scan += 1) {
    const start = performance.now();
    let found = 0;
    for await (const [, text] of keyv.iterator?.(undefined) ?? []) if (String(text).includes(phrase)) found += 1;
    times.push(performance.now() - start);
    if (found === 0) throw new Error('The phrase is nowhere.');
  }
  return median(times);
}

async function appends(
  history: History,
  store: Store,
  corpus: (number: number) => string,
  directory: string,
): Promise<BenchRow[]> {
  const ours: number[] = [];
  const peer: number[] = [];
  const oursFlushed: number[] = [];
  const peerFlushed: number[] = [];
  for (let number = 0; number < 300; number += 1) {
    const entry = entryOf(number, corpus(number));
    const transaction = timed(() =>
      store.transaction(() => {
        for (let more = 0; more < together; more += 1) history.append(entry);
      }),
    );
    ours.push(transaction / together);
    peer.push(await timedAsync(() => appendLine(directory, entry, false)));
    oursFlushed.push(timed(() => history.append(entry)));
    peerFlushed.push(await timedAsync(() => appendLine(directory, entry, true)));
  }
  return [
    row(
      `append with its indexes, ${together} in a transaction, against a line appended to a file`,
      median(ours),
      median(peer),
      1,
    ),
    row('append flushed to the disk, against a line flushed to the disk', median(oursFlushed), median(peerFlushed), 1),
  ];
}

async function tails(
  history: History,
  corpus: (number: number) => string,
  directory: string,
  count: number,
): Promise<BenchRow> {
  for (let done = 0; done < count; done += 1000) {
    const lines = Array.from({ length: 1000 }, (_, index) => lineOf(entryOf(done + index, corpus(done + index))));
    await mkdir(directory, { recursive: true });
    await appendFile(join(directory, 'chat.log'), lines.join(''));
  }
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    peer.push(await timedAsync(() => readTail(directory)));
    ours.push(median(Array.from({ length: 20 }, () => timed(() => history.list({ limit: 50 })))));
  }
  return row(`the newest 50 of ${count}, against reading the log`, median(ours), median(peer), 1 / 1000);
}

function lineOf(entry: NewHistoryEntry): string {
  const content = (entry.text ?? '').replaceAll('\n', '\\n').replaceAll('|', '\\|');
  return `${new Date().toISOString()}|${entry.actor}|${content}\n`;
}

async function appendLine(directory: string, entry: NewHistoryEntry, flushed: boolean): Promise<void> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'chat.log');
  if (!flushed) return appendFile(file, lineOf(entry));
  const handle = await open(file, 'a');
  await handle.appendFile(lineOf(entry));
  await handle.datasync();
  await handle.close();
}

async function readTail(directory: string): Promise<unknown> {
  const text = await readFile(join(directory, 'chat.log'), 'utf8');
  const messages = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [at, from, ...content] = line.split(/(?<!\\)\|/);
      return { at, from, content: content.join('|').replaceAll('\\n', '\n').replaceAll('\\|', '|') };
    });
  return messages.slice(-50);
}

function row(name: string, ours: number, peer: number, goal: number): BenchRow {
  const ratio = ours / peer;
  return { name, ours, peer, ratio, goal: `at most ${goal}x`, reached: ratio <= goal, unit: 'ms' };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
