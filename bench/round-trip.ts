import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistory } from '../src/history/sqlite.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { createLedger } from '../src/ledger/sqlite.ts';
import { emptyResult } from '../src/runtime/settlement.ts';
import { openStore } from '../src/store/store.ts';
import { startChild } from './child.ts';
import { interleaved, type Measured, rowOf, timed } from './measure.ts';
import { median } from './median.ts';
import { peerPackage } from './peers.ts';
import type { BenchRow } from './row.ts';

/** Turns are taken in blocks, so that neither side waits for what the other has left to write. */
const blocks = 11;
const turns = 20;

/**
 * A turn's way through the local ledger (accepted, begun, settled, sent), against a job's round trip on BullMQ with a Redis that is as
 * durable (`appendfsync always`): with all files in memory, where the system has a directory for that, and on the disk, where both wait
 * for it most of the time. Rejects in one sentence where there is no `redis-server`.
 */
export async function run(): Promise<BenchRow[]> {
  const bullmq = await peerPackage('bullmq');
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return [
    rowOf('turn round trip, against BullMQ on Redis, both in memory', await measure(bullmq, memory), 0.5),
    rowOf('the same, both durable on the disk', await measure(bullmq, tmpdir()), 1),
  ];
}

async function measure(bullmq: string, base: string): Promise<Measured> {
  const directory = mkdtempSync(join(base, 'tutti-bench-'));
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rmSync(directory, { recursive: true, force: true }));
  const redis = await startRedis(directory);
  cleanup.defer(redis.stop);
  const queue = await startChild(join(import.meta.dirname, 'bullmq-child.ts'), [bullmq, String(redis.port)]);
  cleanup.defer(queue.stop);
  const store = cleanup.adopt(openStore({ directory: join(directory, 'data') }), (opened) => opened.close());
  const history = createHistory(store);
  const ledger = cleanup.adopt(createLedger({ store, history, configuration: '/bench', role: 'command' }), (opened) =>
    opened.close(),
  );
  return await interleaved(
    blocks,
    () => block(() => timed(() => throughLedger(ledger))),
    () => block(async () => Number(await queue.next((child) => child.send('go')))),
  );
}

async function block(once: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) times.push(await once());
  return median(times);
}

function throughLedger(ledger: Ledger): void {
  const { turn } = ledger.accept(message());
  const { id } = turn;
  ledger.begin(id);
  const result = { ...emptyResult(turn, 'x', 'answered', null), answer: 'y' };
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
