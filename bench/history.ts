import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Keyv from 'keyv';
import type { History, HistoryFilter, NewHistoryEntry } from '../src/history/history.ts';
import { createHistory } from '../src/history/sqlite.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { createCorpus } from './corpus.ts';
import { type GroupChatLog, openGroupChatLog } from './group-chat-log.ts';
import { interleaved, type Measured, rowOf, timed } from './measure.ts';
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
 * The history against other ways to keep one: a scan of keyv in memory, a LIKE scan of the same table, and the log of Maestro's group
 * chats (see `openGroupChatLog`), all of which is read for its end.
 */
export async function run(options: HistoryBenchOptions = {}): Promise<BenchRow[]> {
  const { entries = 1_000_000, tail = 99_000, scans = 3 } = options;
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  const store = openStore({ directory: join(directory, 'data') });
  const history = createHistory(store);
  const corpus = createCorpus();
  const log = await openGroupChatLog();
  try {
    const appended = await appends(history, store, corpus, { log, directory: join(directory, 'appended') });
    fill(history, store, corpus, tail);
    const tailed = await tails(history, corpus, { log, directory: join(directory, 'tail') }, tail);
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
  const times: number[][] = [];
  for (const filter of kindsOfLists(entries)) times.push(await repeated(20, () => history.list(filter)));
  const ninetyFifth =
    times.flat().toSorted((one, other) => one - other)[Math.floor(times.length * 20 * 0.95)] ?? Number.NaN;
  const slowest = Math.max(...times.map(median));
  const ours = median(await repeated(20, () => history.list({ limit: 20, query: `"${phrase}"` })));
  const like = median(
    await repeated(scans, () =>
      // For a phrase that is nowhere, as a LIKE that finds enough ends early.
      store.all('SELECT * FROM history WHERE text LIKE ? ORDER BY sequence DESC LIMIT 20', '%pull request nowhere%'),
    ),
  );
  const keyv = await keyvScan(corpus, entries, scans, phrase);
  const name = `search of ${entries} entries`;
  return [
    rowOf(`${name}, against a scan of keyv in memory`, { ours, peer: keyv }, 1 / 1000),
    rowOf(`${name}, against a LIKE scan`, { ours, peer: like }, 1 / 50),
    {
      ...rowOf(`${name}, 95th percentile of ${times.length} kinds of lists and searches`, within(ninetyFifth, 5), 1),
      goal: 'at most 5 ms',
    },
    { ...rowOf(`${name}, the slowest kind of them`, within(slowest, 50), 1), goal: 'at most 50 ms' },
  ];
}

/** Measured against a bound in milliseconds. */
function within(ours: number, bound: number): Measured {
  return { ours, peer: bound };
}

async function repeated(times: number, work: () => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let count = 0; count < times; count += 1) taken.push(await timed(work));
  return taken;
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

/** The log that is measured against, and where it keeps its files. */
interface LogPeer {
  readonly log: GroupChatLog;
  readonly directory: string;
}

async function appends(
  history: History,
  store: Store,
  corpus: (number: number) => string,
  { log, directory }: LogPeer,
): Promise<BenchRow[]> {
  const ours: number[] = [];
  const peer: number[] = [];
  const oursFlushed: number[] = [];
  const peerFlushed: number[] = [];
  for (let number = 0; number < 300; number += 1) {
    const entry = entryOf(number, corpus(number));
    const transaction = await timed(() =>
      store.transaction(() => {
        for (let more = 0; more < together; more += 1) history.append(entry);
      }),
    );
    ours.push(transaction / together);
    peer.push(await timed(() => log.append(join(directory, 'chat.log'), entry.actor, entry.text ?? '')));
    oursFlushed.push(await timed(() => history.append(entry)));
    peerFlushed.push(await timed(() => appendFlushed(join(directory, 'flushed.log'), `${JSON.stringify(entry)}\n`)));
  }
  return [
    rowOf(
      `append with its indexes, ${together} in a transaction, against ${log.name}`,
      { ours: median(ours), peer: median(peer) },
      1,
    ),
    rowOf(
      'append flushed to the disk, against a line flushed to the disk',
      { ours: median(oursFlushed), peer: median(peerFlushed) },
      1,
    ),
  ];
}

async function tails(
  history: History,
  corpus: (number: number) => string,
  { log, directory }: LogPeer,
  count: number,
): Promise<BenchRow> {
  const file = join(directory, 'chat.log');
  for (let number = 0; number < count; number += 1) await log.append(file, `Person ${number % 90}`, corpus(number));
  const measured = await interleaved(
    7,
    async () => {
      const times: number[] = [];
      for (let read = 0; read < 20; read += 1) times.push(await timed(() => history.list({ limit: 50 })));
      return median(times);
    },
    () => timed(async () => (await log.read(file)).slice(-50)),
  );
  return rowOf(`the newest 50 of ${count}, against ${log.name}`, measured, 1 / 1000);
}

async function appendFlushed(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a');
  await handle.appendFile(line);
  await handle.datasync();
  await handle.close();
}
