/** A worker, a queue and its events in one process: a job's round trip for each message, and its milliseconds. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { timed } from './measure.ts';

/** What this measurement uses of BullMQ, which is no dependency of ours. */
interface Part {
  waitUntilReady(): Promise<unknown>;
}
interface Queue extends Part {
  add(name: string, data: object): Promise<{ waitUntilFinished(events: Part): Promise<unknown> }>;
}
interface BullMq {
  Queue: new (name: string, options: object) => Queue;
  Worker: new (name: string, work: () => Promise<string>, options: object) => Part;
  QueueEvents: new (name: string, options: object) => Part;
}

const [directory = '', port] = process.argv.slice(2);
const bullmq: BullMq = await import(pathToFileURL(join(directory, 'dist', 'cjs', 'index.js')).href);
const options = { connection: { host: '127.0.0.1', port: Number(port) } };
const queue = new bullmq.Queue('turns', options);
const events = new bullmq.QueueEvents('turns', options);
const worker = new bullmq.Worker('turns', async () => 'y', options);
await Promise.all([events.waitUntilReady(), worker.waitUntilReady()]);

async function roundTrip(): Promise<void> {
  const job = await queue.add('turn', { text: 'x' });
  await job.waitUntilFinished(events);
}

process.on('message', () => {
  timed(roundTrip).then((milliseconds) => process.send?.(milliseconds));
});
process.send?.('ready');
