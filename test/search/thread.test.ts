import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSearchThread } from '../../src/search/thread.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-thread-'));
  writeFileSync(join(base, 'a.js'), 'apple();\n');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const thread = (complaints: string[] = []) =>
  createSearchThread({
    directory: join(base, 'data'),
    environment: null,
    complain: (message) => complaints.push(message),
  });

it('answers, and rejects with what went wrong', async () => {
  const search = thread();
  expect(await search.send({ call: 'find', directory: base, question: 'apple' })).toMatchObject({ files: 1 });
  await expect(search.send({ call: 'find', directory: join(base, 'gone'), question: 'apple' })).rejects.toThrow('gone');
  await search.close();
});

it('complains of one directory and searches the others', async () => {
  const complaints: string[] = [];
  const search = thread(complaints);
  const found = await search.send({ call: 'findAll', directories: [join(base, 'gone'), base], question: 'apple' });
  expect(found).toMatchObject([null, { files: 1 }]);
  expect(complaints.join()).toContain('gone');
  await search.close();
});

it('can be closed at any time, and asked again afterwards', async () => {
  const search = thread();
  await search.close();
  await search.send({ call: 'count', directory: base });
  await search.close();
  expect(await search.send({ call: 'find', directory: base, question: 'apple' })).toMatchObject({ files: 1 });
  await search.close();
});

it('does not wait when it is stopped', async () => {
  const search = thread();
  const controller = new AbortController();
  const answer = search.send({ call: 'find', directory: base, question: 'apple' }, controller.signal);
  controller.abort();
  await expect(answer).rejects.toThrow('stopped');
  await search.close();
});

it('does not keep a program alive that asked and is done', () => {
  const file = join(import.meta.dirname, '../../src/search/create.ts');
  const program = `const { createSearch } = await import(${JSON.stringify(file)});
    const search = createSearch({ directory: ${JSON.stringify(join(base, 'data'))} });
    console.log((await search.find(${JSON.stringify(base)}, 'apple')).files);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  expect(output).toBe('1\n');
});
