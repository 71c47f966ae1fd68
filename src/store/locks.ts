import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { isBusy } from './failures.ts';
import { codeOf, makePrivateFile } from './files.ts';

/**
 * Locks that the operating system frees when their process dies, however it dies: an open `BEGIN EXCLUSIVE` on a database of its
 * own that is never written. Only SQLite may open these files in a process that has one open: any other close of the file drops them.
 */
export interface Lock {
  /** Frees it and keeps the file. May be called twice. */
  release(): void;
}

/** The lock of one process that uses the data directory. Its file lives as long as the process. */
export interface InstanceLock {
  /** Names the process everywhere in the database: its pid and a random part. */
  readonly id: string;
  /** Frees it and removes the file. May be called twice. */
  release(): void;
}

const suffix = '.lock';

/** How long those who only look at a lock can be in the way of one who takes it, generously. */
const lookMilliseconds = 1000;

/** Takes the lock that orders what only one process at a time may do: opening, repairing, migrating. Waits for it; throws SQLite's `busy` after that. */
export function takeOpeningLock(directory: string, waitMilliseconds: number): Lock {
  const path = join(directory, `opening${suffix}`);
  makePrivateFile(path);
  return lockFile(path, waitMilliseconds);
}

/** Makes and takes the lock of this process. Only while the opening lock is held: so nobody sees the file before it is locked. */
export function takeInstanceLock(directory: string): InstanceLock {
  mkdirSync(folder(directory), { recursive: true, mode: 0o700 });
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const path = instanceFile(directory, id);
  makePrivateFile(path);
  const lock = lockFile(path, 0);
  return { id, release: () => releaseAndRemove(lock, path) };
}

/**
 * Takes over the lock of an instance that has died; null while it lives, or another takes it over. `release` removes the file.
 * An instance without a lock file is dead and nothing is left to hold: its lock is an empty one.
 */
export function takeDeadInstance(directory: string, id: string): InstanceLock | null {
  if (isInstanceAlive(directory, id)) return null;
  const path = instanceFile(directory, id);
  try {
    // Whoever else only looks is gone at once.
    const lock = lockFile(path, lookMilliseconds);
    return { id, release: () => releaseAndRemove(lock, path) };
  } catch (error) {
    if (isBusy(error)) return null;
    if (isMissing(error, directory, id)) return { id, release: () => undefined };
    throw error;
  }
}

/**
 * Whether a process that still runs holds the lock of this instance, or one that takes it over does: that takes moments, which can be
 * waited for.
 */
export function isInstanceAlive(directory: string, id: string, waitMilliseconds = 0): boolean {
  try {
    look(instanceFile(directory, id), waitMilliseconds);
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    if (isMissing(error, directory, id)) return false;
    throw error;
  }
}

/** Ids of all instances that have a lock file, dead ones too. */
export function instanceIds(directory: string): readonly string[] {
  try {
    return readdirSync(folder(directory)).flatMap((name) =>
      name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : [],
    );
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The pid in an instance's id, for people. */
export function pidOf(id: string): number {
  return Number.parseInt(id, 10);
}

function folder(directory: string): string {
  return join(directory, 'instances');
}

function instanceFile(directory: string, id: string): string {
  return join(folder(directory), `${id}${suffix}`);
}

function isMissing(error: unknown, directory: string, id: string): boolean {
  return codeOf(error) === 'ERR_SQLITE_ERROR' && !instanceIds(directory).includes(id);
}

function lockFile(path: string, waitMilliseconds: number): Lock {
  const database = openLockFile(path, waitMilliseconds);
  try {
    // Otherwise an empty journal would be left beside the lock of a process that is killed.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** Throws SQLite's `busy` when the file is locked. Any number may look at the same time: none takes another for the owner. */
function look(path: string, waitMilliseconds: number): void {
  const database = openLockFile(path, waitMilliseconds);
  try {
    database.exec('SELECT 1 FROM sqlite_schema');
  } finally {
    database.close();
  }
}

function openLockFile(path: string, waitMilliseconds: number): DatabaseSync {
  const url = pathToFileURL(path);
  // A lock file that is gone must not come back, least of all with the rights that SQLite would give it.
  url.search = '?mode=rw';
  return new DatabaseSync(url, { timeout: waitMilliseconds });
}

function releaseAndRemove(lock: Lock, path: string): void {
  // Removed while it is held: whoever opens it afterwards finds nothing, never a free lock that is about to vanish.
  rmSync(path, { force: true });
  lock.release();
}
