import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistory } from '../src/history/sqlite.ts';
import { createLedger } from '../src/ledger/sqlite.ts';
import { openStore } from '../src/store/store.ts';
import { median } from './median.ts';
import type { BenchRow } from './row.ts';

const turns = 200;

/**
 * A turn's way through the local ledger (accepted, begun, settled, sent: each durable), against a job's round trip on BullMQ with a Redis
 * that is as durable (`appendfsync always`). Needs `redis-server`, and `npm install --no-save bullmq`; rejects where they are missing.
 */
export async function run(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    const peer = await onBullMq(directory);
    const ours = await onLedger(directory);
    return [
      {
        name: 'turn round trip, against BullMQ on Redis',
        ours,
        peer,
        ratio: ours / peer,
        goal: 'at most 0.5x',
        reached: ours / peer <= 0.5,
        unit: 'ms',
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function onLedger(directory: string): Promise<number> {
  const store = openStore({ directory: join(directory, 'data') });
  const ledger = createLedger({ store, history: createHistory(store), configuration: '/bench', role: 'command' });
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const begun = performance.now();
    const { turn: accepted } = ledger.accept(message());
    ledger.begin(accepted.id);
    const { id, message: asked } = accepted;
    const result = {
      turnId: id,
      conversation: asked.conversation,
      status: 'answered',
      reason: null,
      question: 'x',
      answer: 'y',
      partial: false,
      rounds: [],
      citations: [],
      disagreements: [],
      unanswered: [],
      usage: null,
    } as const;
    ledger.settle(id, result, [
      { id: randomUUID(), turnId: id, position: 0, kind: 'answer', markdown: 'y', footer: null, data: result, exit: 0 },
    ]);
    for (const { part } of ledger.unsent(id)) {
      ledger.sending(part.id);
      ledger.sent(part.id, null);
    }
    times.push(performance.now() - begun);
  }
  ledger.close();
  store.close();
  return median(times);
}

function message() {
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    place: { surface: 'terminal', channel: 'bench', direct: true, private: true },
    conversation: 'terminal:bench',
    addressed: 'direct',
    author: { id: 'me', name: 'me', isBot: false, roles: [] },
    text: 'x',
    attachments: [],
    replyTo: { surface: 'terminal', data: {} },
  } as const;
}

/** What this measurement uses of BullMQ, which is no dependency of ours. */
interface BullMq {
  Queue: new (
    name: string,
    options: object,
  ) => {
    add(name: string, data: object): Promise<{ waitUntilFinished(events: object): Promise<unknown> }>;
    close(): Promise<void>;
  };
  Worker: new (
    name: string,
    work: () => Promise<string>,
    options: object,
  ) => { waitUntilReady(): Promise<unknown>; close(): Promise<void> };
  QueueEvents: new (name: string, options: object) => { waitUntilReady(): Promise<unknown>; close(): Promise<void> };
}

async function onBullMq(directory: string): Promise<number> {
  const name = 'bullmq';
  const bullmq: BullMq = await import(name);
  const port = await freePort();
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--appendonly', 'yes', '--appendfsync', 'always', '--dir', directory],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      redis.on('error', reject);
      redis.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve());
    });
    const options = { connection: { host: '127.0.0.1', port } };
    const queue = new bullmq.Queue('turns', options);
    const events = new bullmq.QueueEvents('turns', options);
    const worker = new bullmq.Worker('turns', async () => 'y', options);
    await Promise.all([events.waitUntilReady(), worker.waitUntilReady()]);
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const begun = performance.now();
      const job = await queue.add('turn', { text: 'x' });
      await job.waitUntilFinished(events);
      times.push(performance.now() - begun);
    }
    await Promise.all([worker.close(), events.close(), queue.close()]);
    return median(times);
  } finally {
    redis.kill();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
