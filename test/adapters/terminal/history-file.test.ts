import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadLines, saveLine } from '../../../src/adapters/terminal/history-file.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tutti-input-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('keeps lines for later sessions, for nobody else to read', async () => {
  const path = join(directory, 'lines');
  await saveLine(path, 'one\nof two lines');
  await saveLine(path, 'two');
  expect(await loadLines(path)).toEqual(['one\nof two lines', 'two']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('does without a file, and without lines that are broken', async () => {
  const path = join(directory, 'lines');
  expect(await loadLines(path)).toEqual([]);
  await appendFile(path, '"good"\n{"not": "a line"}\n"half');
  expect(await loadLines(path)).toEqual(['good']);
  await expect(saveLine(join(directory, 'missing', 'lines'), 'x')).resolves.toBeUndefined();
});

it('forgets the oldest when there are too many', async () => {
  const path = join(directory, 'lines');
  const many = Array.from({ length: 2500 }, (_, index) => `${JSON.stringify(`line ${index}`)}\n`);
  await appendFile(path, many.join(''));
  const lines = await loadLines(path);
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([1000, 'line 1500', 'line 2499']);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(1001);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
