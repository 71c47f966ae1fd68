import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

it('answers by the number of the request, whatever it is asked', async () => {
  const base = mkdtempSync(join(tmpdir(), 'tutti-worker-'));
  writeFileSync(join(base, 'apple.js'), 'apple();\n');
  const worker = new Worker(new URL('../../src/search/worker.ts', import.meta.url), {
    workerData: { directory: join(base, 'data') },
  });
  const replies = new Map<number, unknown>();
  worker.on('message', (reply: { readonly id: number }) => replies.set(reply.id, reply));
  worker.postMessage({ id: 1, call: 'files', directory: base, prefix: 'app', limit: 3 });
  worker.postMessage({ id: 2, call: 'find', directory: join(base, 'gone'), question: 'apple' });
  worker.postMessage({ id: 3, call: 'find', directory: base, question: 'apple' });
  await expect.poll(() => replies.size).toBe(3);
  expect(replies.get(1)).toEqual({ id: 1, value: ['apple.js'] });
  expect(replies.get(2)).toMatchObject({ id: 2, error: expect.stringContaining('gone') });
  expect(replies.get(3)).toMatchObject({ id: 3, value: { files: 1, hits: [{ path: 'apple.js', line: 1 }] } });
  await worker.terminate();
  rmSync(base, { recursive: true, force: true });
});
