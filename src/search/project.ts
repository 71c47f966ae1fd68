import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Corpus } from './corpus.ts';
import type { Opened } from './find.ts';
import { refreshHistory } from './history.ts';
import { openIndexFile, removeIndexFile } from './index-file.ts';
import { completePaths } from './paths.ts';
import { readCorpus } from './read-corpus.ts';
import { refresh } from './refresh.ts';
import type { Analyzer } from './terms.ts';

/** One project's index, kept up to date by whoever asks it. */
export interface Project {
  /** Brings the index up to date and hands it to `work`; again on a new index, should this one turn out to be damaged. */
  use<T>(work: (opened: Opened) => T): Promise<T>;
  /** Null until the index was built once. */
  count(): number | null;
  files(prefix: string, limit: number): Promise<readonly string[]>;
  refresh(): Promise<void>;
  close(): void;
}

/** Opens (and later builds) the index of `directory` in `search/` of the data directory. A damaged index is thrown away and built anew, once per call. */
export function openProject(dataDirectory: string, directory: string, analyzer: Analyzer): Project {
  const root = realpathSync(directory);
  const path = join(dataDirectory, 'search', `${createHash('sha256').update(root).digest('hex').slice(0, 16)}.sqlite`);
  let database: DatabaseSync | null = null;
  let corpus: Corpus | null = null;
  let version = -1;
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;

  const opened = (): DatabaseSync => {
    database ??= openIndexFile(path);
    return database;
  };
  const discard = () => {
    database?.close();
    database = null;
    corpus = null;
    removeIndexFile(path);
  };
  /** Runs `work`; where the index turns out to be damaged, once more on a new one. */
  const mending = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      discard();
      return await work();
    }
  };
  const update = async () => {
    const index = opened();
    const except = realpathSync(dataDirectory);
    const changed = await refresh(index, { root, except, analyzer, pause: () => setImmediate(undefined) });
    const moved = await refreshHistory(opened(), root, analyzer);
    markBuilt(opened());
    if (changed > 0 || moved) corpus = null;
  };
  const start = (): Promise<void> => {
    const run = mending(update).finally(() => {
      running = null;
    });
    running = run;
    return run;
  };
  /** Whoever comes while a refresh is under way waits for the next one: this one may have passed what has changed since. */
  const refreshed = (): Promise<void> => {
    if (running === null) return start();
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = null;
        return start();
      });
    return queued;
  };
  const current = (): Corpus => {
    const now = Number(opened().prepare('pragma data_version').get()?.data_version ?? 0);
    if (corpus === null || now !== version) corpus = readCorpus(opened(), root, analyzer);
    version = now;
    return corpus;
  };

  return {
    use: (work) =>
      mending(async () => {
        await refreshed();
        return work({ database: opened(), corpus: current(), root, analyzer });
      }),
    files: (prefix, limit) =>
      mending(async () => {
        await refreshed();
        return completePaths(
          [...current().files.values()].map((file) => file.path),
          prefix,
          limit,
        );
      }),
    count() {
      const row = opened()
        .prepare("select (select count(*) from file) files, (select value from meta where key = 'built') built")
        .get();
      return row?.built === null ? null : Number(row?.files ?? 0);
    },
    refresh: refreshed,
    close() {
      database?.close();
      database = null;
    },
  };
}

function markBuilt(database: DatabaseSync): void {
  if (database.prepare("select 1 from meta where key = 'built'").get() === undefined) {
    database.exec("insert or ignore into meta(key, value) values ('built', '1')");
  }
}

/** SQLite's own verdict: 11 corrupt, 26 not a database; 1 and 267 (a virtual table's) where the schema is not ours. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return code === 11 || code === 26 || code === 1 || (code & 0xff) === 11;
}
