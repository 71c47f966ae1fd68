import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refreshHistory } from '../../src/search/history.ts';
import { openIndexFile } from '../../src/search/index-file.ts';
import { pastOf, readCorpus } from '../../src/search/read-corpus.ts';
import { refresh } from '../../src/search/refresh.ts';
import { createAnalyzer } from '../../src/search/terms.ts';
import { corpusOf } from '../support/corpus.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tutti-corpus-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

it('reads from the index what the texts and the log of the project say', async () => {
  const root = join(base, 'project');
  const texts = {
    'lib/parser.js': '/** Reads numbers. */\nexport function parseNumber(text) {\n  return Number(text);\n}\n',
    'dist/parser.js': 'parseNumber();\n',
    'README.md': '# Parser\n\nIt parses numbers.\n',
  };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], { cwd: root });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'Parse a number');

  const database = openIndexFile(join(base, 'index.sqlite'));
  const analyzer = createAnalyzer();
  await refresh(database, { root, except: null, analyzer, pause: async () => {} });
  await refreshHistory(database, root, analyzer);
  const read = readCorpus(database, root, analyzer);
  const expected = corpusOf(texts, [{ subject: 'Parse a number', paths: Object.keys(texts) }]);

  const withoutId = (corpus: typeof read) =>
    [...corpus.files.values()].map(({ id, ...file }) => file).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  expect(read.name).toBe('project');
  expect(withoutId(read)).toEqual(withoutId(expected));
  for (const term of ['number', 'parsenumb', 'read', 'nothing']) {
    const named = (corpus: typeof read) => {
      const { inFiles, inChanges } = corpus.occurrences(term);
      const rows = inFiles.map(
        ({ file, chunk, field, count }) => `${corpus.files.get(file)?.path} ${chunk} ${field} ${count}`,
      );
      return { rows: rows.toSorted(), inChanges };
    };
    expect(named(read)).toEqual(named(expected));
  }
  database.close();
});

it('lets a change count less the longer ago and the larger it was', () => {
  const recencyOf = (id: number, size: number) => pastOf([{ id, size, length: 3 }], 1_000).recency;
  expect(recencyOf(1_000, 1)).toBe(1);
  expect(recencyOf(400, 1)).toBeLessThan(recencyOf(900, 1));
  expect(recencyOf(1_000, 9)).toBeLessThan(recencyOf(1_000, 2));
});
