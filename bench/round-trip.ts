import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createHistory } from '../src/history/sqlite.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { createLedger } from '../src/ledger/sqlite.ts';
import { openStore } from '../src/store/store.ts';
import { interleaved, rowOf, timed } from './measure.ts';
import { peerPackage } from './peers.ts';
import type { BenchRow } from './row.ts';

const turns = 200;

/**
 * A turn's way through the local ledger (accepted, begun, settled, sent: each durable), against a job's round trip on BullMQ with a Redis
 * that is as durable (`appendfsync always`). Rejects in one sentence where there is no `redis-server`.
 */
export async function run(): Promise<BenchRow[]> {
  const bullmq = await peerPackage('bullmq');
  const directory = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rmSync(directory, { recursive: true, force: true }));
  const redis = await startRedis(directory);
  cleanup.defer(redis.stop);
  const queue = await openQueue(bullmq, redis.port);
  cleanup.defer(queue.close);
  const store = cleanup.adopt(openStore({ directory: join(directory, 'data') }), (opened) => opened.close());
  const history = createHistory(store);
  const ledger = cleanup.adopt(createLedger({ store, history, configuration: '/bench', role: 'command' }), (opened) =>
    opened.close(),
  );
  const measured = await interleaved(
    turns,
    () => timed(() => throughLedger(ledger)),
    () => timed(queue.roundTrip),
  );
  return [rowOf('turn round trip, against BullMQ on Redis', measured, 0.5)];
}

function throughLedger(ledger: Ledger): void {
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

async function openQueue(packaged: string, port: number) {
  const bullmq: BullMq = await import(pathToFileURL(join(packaged, 'dist', 'cjs', 'index.js')).href);
  const options = { connection: { host: '127.0.0.1', port } };
  const queue = new bullmq.Queue('turns', options);
  const events = new bullmq.QueueEvents('turns', options);
  const worker = new bullmq.Worker('turns', async () => 'y', options);
  await Promise.all([events.waitUntilReady(), worker.waitUntilReady()]);
  return {
    async roundTrip() {
      const job = await queue.add('turn', { text: 'x' });
      await job.waitUntilFinished(events);
    },
    async close() {
      await Promise.all([worker.close(), events.close(), queue.close()]);
    },
  };
}

async function startRedis(directory: string) {
  const port = await freePort();
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--appendonly', 'yes', '--appendfsync', 'always', '--dir', directory],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = new Promise((resolve) => redis.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    redis.once('error', () => reject(new Error('redis-server is not installed')));
    redis.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve());
  });
  return {
    port,
    async stop() {
      redis.kill();
      await ended;
    },
  };
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
