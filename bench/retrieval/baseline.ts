import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Checkout } from './checkouts.ts';

/** What it is measured against: SQLite's full-text search with its defaults, over all tracked text files. */
export interface Baseline {
  /** Brings the table up to date with a checkout. */
  load(checkout: Checkout): Promise<void>;
  /** Paths in one checkout, best first. */
  files(checkout: Checkout, question: string, limit: number): readonly string[];
  /** The checkouts in the order of their best file. */
  order(checkouts: readonly Checkout[], question: string): readonly Checkout[];
}

/** One table for all checkouts, so that their scores compare. */
export function createBaseline(): Baseline {
  const database = new DatabaseSync(':memory:');
  database.exec(`create virtual table body using fts5(checkout unindexed, path unindexed, text)`);
  const insert = database.prepare('insert into body(checkout, path, text) values (?, ?, ?)');
  const remove = database.prepare('delete from body where rowid = ?');
  const search = database.prepare('select checkout, path from body where body match ? order by rank');
  const loaded = new Map<string, Map<string, { readonly blob: string; readonly row: number }>>();
  const matches = (question: string): readonly { readonly checkout: string; readonly path: string }[] => {
    const words = question.match(/[\p{L}\p{N}_]+/gu) ?? [];
    if (words.length === 0) return [];
    const rows = search.all(words.map((word) => `"${word}"`).join(' OR '));
    return rows.map((row) => ({ checkout: String(row.checkout), path: String(row.path) }));
  };
  return {
    async load(checkout) {
      const known =
        loaded.get(checkout.directory) ?? new Map<string, { readonly blob: string; readonly row: number }>();
      loaded.set(checkout.directory, known);
      const blobs = await trackedFiles(checkout);
      for (const [path, { blob, row }] of known) {
        if (blobs.get(path) === blob) continue;
        remove.run(row);
        known.delete(path);
      }
      for (const [path, blob] of blobs) {
        if (known.has(path)) continue;
        const row = Number(
          insert.run(checkout.directory, path, textOf(join(checkout.directory, path))).lastInsertRowid,
        );
        known.set(path, { blob, row });
      }
    },
    files: (checkout, question, limit) =>
      matches(question)
        .filter((match) => match.checkout === checkout.directory)
        .slice(0, limit)
        .map((match) => match.path),
    order(checkouts, question) {
      const best = [...new Set(matches(question).map((match) => match.checkout))];
      const place = (checkout: Checkout) => best.indexOf(checkout.directory) + 1 || Number.POSITIVE_INFINITY;
      return checkouts.toSorted((a, b) => place(a) - place(b));
    },
  };
}

async function trackedFiles(checkout: Checkout): Promise<ReadonlyMap<string, string>> {
  const listing = await checkout.git('ls-files', '--stage');
  return new Map(
    listing.split('\n').flatMap((line): [string, string][] => {
      const [, blob, path] = /^\d+ ([0-9a-f]+) \d\t(.+)$/.exec(line) ?? [];
      return blob === undefined || path === undefined ? [] : [[path, blob]];
    }),
  );
}

function textOf(path: string): string {
  try {
    const content = readFileSync(path);
    return content.subarray(0, 8_192).includes(0) ? '' : content.toString('utf8');
  } catch {
    return '';
  }
}
