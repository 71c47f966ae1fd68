import { chmodSync, closeSync, fsyncSync, openSync, statSync } from 'node:fs';

/**
 * Makes an empty file that only we may read, unless it is there; says whether it made it. A file that is there is not opened:
 * closing it would drop the locks that SQLite holds on it in this process.
 */
export function makePrivateFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes others' rights off a file that is there; without opening it. */
export function narrowFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && (stats.mode & 0o077) !== 0) chmodSync(path, 0o600);
}

/** Makes the directory's entries themselves durable. */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The `code` of an error of node's, such as `ENOENT`. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
