import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/store/store.ts';
import { dataDirectory } from './directory.ts';

/** Rows of `records` that a filled data directory holds. */
export const filledRows = 400;

/** A data directory that a process has used and closed, with something in it; its database's path, and its bytes. */
export function filledDirectory(): { readonly directory: string; readonly file: string; readonly bytes: Buffer } {
  const directory = dataDirectory();
  const store = openStore({ directory });
  store.transaction(() => {
    for (let number = 0; number < filledRows; number += 1) {
      store.run(
        `INSERT INTO history (at, kind, conversation, actor, retried, summary, text) VALUES (?, 'ask', ?, 'Alice', 0, ?, ?)`,
        ...[
          new Date(number).toISOString(),
          `terminal:${number % 7}`,
          `Question ${number}`,
          `words of ${number} `.repeat(9),
        ],
      );
      store.run(
        `INSERT INTO records (collection, key, value) VALUES ('some', ?, ?)`,
        `key ${number}`,
        JSON.stringify({ value: 'x'.repeat(60) }),
      );
    }
  });
  store.close();
  const file = join(directory, 'tutti.db');
  return { directory, file, bytes: readFileSync(file) };
}
