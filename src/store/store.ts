import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Connection, Row, Value } from './connection.ts';
import { suspect } from './damage.ts';
import { prepareDirectory } from './directory.ts';
import { explained, isDamage } from './failures.ts';
import {
  type InstanceLock,
  instanceIds,
  isInstanceAlive,
  pidOf,
  takeDeadInstance,
  takeInstanceLock,
  takeOpeningLock,
} from './locks.ts';
import { migrations as allMigrations } from './migrations.ts';
import { openDatabase } from './open.ts';
import { integer } from './rows.ts';

/**
 * The one SQLite database of a data directory, and the lock by which other processes see that this one lives.
 * Everything is synchronous. Failures are UserErrors `disk-full`, `store-damaged`, `store-busy`, `store-read-only`.
 */
export interface Store {
  /** Real path of the data directory. */
  readonly directory: string;
  /** Names this process in the data directory. */
  readonly instance: string;
  /** What happened at opening that people must hear about: damage, repairs, migrations. */
  readonly notices: readonly string[];
  get(sql: string, ...values: readonly Value[]): Row | undefined;
  all(sql: string, ...values: readonly Value[]): readonly Row[];
  /** The number of rows it changed. */
  run(sql: string, ...values: readonly Value[]): number;
  /** All of `work` or nothing of it; inside another transaction it is part of that one. */
  transaction<T>(work: () => T): T;
  /** Changes when another process has written. */
  version(): number;
  /**
   * Whether the process of this instance still runs. While somebody takes over what a dead one left, it counts as running: that takes
   * moments, for which one can wait.
   */
  isAlive(instance: string, waitMilliseconds?: number): boolean;
  /** The lock of a dead instance, to be held while what it owned is taken over; null while it lives. */
  takeDead(instance: string): InstanceLock | null;
  close(): void;
}

export interface StoreOptions {
  readonly directory: string;
  readonly log?: Pick<Log, 'warn'>;
  readonly now?: () => Date;
  /** For tests of the migrating itself. */
  readonly migrations?: readonly string[];
}

/** How long to wait for other processes that are opening, at most: one of them may be copying a large database. */
const openingMilliseconds = 60_000;

/**
 * Opens the database of a data directory; both are made when missing. UserErrors `data-directory`, `store-newer`, `store-in-use`,
 * `store-migration`, and those of `Store`. What `notices` holds must be shown.
 */
export function openStore(options: StoreOptions): Store {
  const directory = prepareDirectory(options.directory);
  try {
    const opening = takeOpeningLock(directory, openingMilliseconds);
    try {
      return openLocked(directory, options);
    } finally {
      opening.release();
    }
  } catch (error) {
    throw explained(error, directory);
  }
}

function openLocked(directory: string, options: StoreOptions): Store {
  const lock = takeInstanceLock(directory);
  const file = join(directory, 'tutti.db');
  const notices: string[] = [];
  try {
    const connection = openDatabase({
      file,
      migrations: options.migrations ?? allMigrations,
      now: options.now ?? (() => new Date()),
      others: () => livingOthers(directory, lock.id).map(pidOf),
      notice: (sentence) => {
        notices.push(sentence);
        options.log?.warn(sentence);
      },
    });
    removeForgottenLocks(connection, directory, lock.id);
    return storeOf({ connection, directory, file, lock, notices });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function storeOf(parts: {
  readonly connection: Connection;
  readonly directory: string;
  readonly file: string;
  readonly lock: InstanceLock;
  readonly notices: readonly string[];
}): Store {
  const { connection, directory, lock } = parts;
  const explaining = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) suspect(parts.file);
      throw explained(error, directory);
    }
  };
  return {
    directory,
    instance: lock.id,
    notices: parts.notices,
    get: (sql, ...values) => explaining(() => connection.get(sql, ...values)),
    all: (sql, ...values) => explaining(() => connection.all(sql, ...values)),
    run: (sql, ...values) => explaining(() => connection.run(sql, ...values)),
    transaction: (work) => explaining(() => connection.transaction(work)),
    version: () => explaining(() => integer(connection.get('PRAGMA data_version')?.data_version)),
    isAlive: (instance, wait) => instance === lock.id || isInstanceAlive(directory, instance, wait),
    takeDead: (instance) => (instance === lock.id ? null : takeDeadInstance(directory, instance)),
    close: () => {
      connection.close();
      lock.release();
    },
  };
}

function livingOthers(directory: string, own: string): readonly string[] {
  return instanceIds(directory).filter((id) => id !== own && isInstanceAlive(directory, id));
}

/** Lock files of processes that died before they were known to the database, or that needed no more than to read it. */
function removeForgottenLocks(connection: Connection, directory: string, own: string): void {
  for (const id of instanceIds(directory)) {
    if (id === own || connection.get('SELECT 1 FROM instances WHERE id = ?', id) !== undefined) continue;
    takeDeadInstance(directory, id)?.release();
  }
}
