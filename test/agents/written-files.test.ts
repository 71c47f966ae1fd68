import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../src/agents/written-files.ts';

test('Each file stands where its name stood, can be read by this user alone, and is gone afterwards', async () => {
  const contents = { '<a>': '{"a":1}', '<b>': 'ü' };
  const { args, remove } = await writeFiles(['--one', '<a>', '--two', '<b>', '<c>'], contents);
  const [first, second] = [args[1] ?? '', args[3] ?? ''];
  expect(args).toEqual(['--one', first, '--two', second, '<c>']);
  expect([readFileSync(first, 'utf8'), readFileSync(second, 'utf8')]).toEqual(['{"a":1}', 'ü']);
  expect([statSync(first).mode & 0o777, statSync(dirname(first)).mode & 0o777]).toEqual([0o600, 0o700]);
  await remove();
  expect(existsSync(dirname(first))).toBe(false);
});

test('Without files nothing is written', async () => {
  const { args, remove } = await writeFiles(['<a>'], {});
  expect(args).toEqual(['<a>']);
  await remove();
});
