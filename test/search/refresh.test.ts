import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openIndexFile } from '../../src/search/index-file.ts';
import { refresh } from '../../src/search/refresh.ts';
import { createAnalyzer } from '../../src/search/terms.ts';

let base: string;
let root: string;
let database: DatabaseSync;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-refresh-'));
  root = join(base, 'project');
  database = openIndexFile(join(base, 'index.sqlite'));
});
afterEach(() => {
  database.close();
  rmSync(base, { recursive: true, force: true });
});

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const update = (pause = async () => {}) =>
  refresh(database, { root, except: join(root, 'data'), analyzer: createAnalyzer(), pause });
const fileIds = () =>
  new Map(
    database
      .prepare('select path, id from file')
      .all()
      .map((row) => [row.path, row.id]),
  );
const holders = (term: string) =>
  Number(database.prepare('select count(distinct doc) n from occurrence where term = ?').get(term)?.n);

it('reads only what changed, and indexes only what changed in content', async () => {
  write('a.js', 'apple();\n');
  write('b.js', 'banana();\n');
  expect(await update()).toBe(2);
  expect(await update()).toBe(0);
  const before = fileIds();
  utimesSync(join(root, 'a.js'), new Date(), new Date(1_000));
  expect(await update()).toBe(1);
  expect(fileIds()).toEqual(before);
  expect(holders('appl')).toBe(1);
});

it('forgets the words of what was changed or removed', async () => {
  write('a.js', 'apple();\n');
  write('b.js', 'banana();\n');
  await update();
  write('a.js', 'cherry(); cherry();\n');
  rmSync(join(root, 'b.js'));
  expect(await update()).toBe(2);
  expect([holders('appl'), holders('banana'), holders('cherri')]).toEqual([0, 0, 1]);
  expect(database.prepare('select count(*) n from chunk').get()?.n).toBe(1);
});

it('gives others their turn between batches', async () => {
  for (let index = 0; index < 450; index++) write(`src/${index}.js`, `part${index}();\n`);
  let pauses = 0;
  await update(async () => {
    pauses++;
  });
  expect(pauses).toBeGreaterThanOrEqual(3);
  expect(fileIds().size).toBe(450);
});

it('never opens our own data', async () => {
  write('data/ledger.db', 'apple');
  write('data/note.txt', 'apple');
  write('a.js', 'apple();\n');
  await update();
  expect([...fileIds().keys()]).toEqual(['a.js']);
});

it('indexes a binary by its name alone', async () => {
  write('blob.xyz', 'apple\u0000apple');
  await update();
  expect(fileIds().has('blob.xyz')).toBe(true);
  expect(holders('appl')).toBe(0);
});
