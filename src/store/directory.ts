import { chmodSync, mkdirSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { networkFileSystemOf } from './file-system.ts';

const othersRights = 0o077;

/**
 * Makes the data directory ready and returns its real path: a missing one is made 0700, an empty one of ours is narrowed to that.
 * UserError `data-directory` when it is none, is another user's, lies on a network file system, or holds something and is open to
 * others: then the hint is the command that mends it.
 */
export function prepareDirectory(path: string): string {
  const directory = resolve(path);
  const network = networkFileSystemOf(directory);
  if (network !== null) {
    throw new UserError('data-directory', `The data directory ${directory} is on a network file system (${network}).`, {
      hint: 'Name a directory on a local disk: `dataDir` in the configuration, or TUTTI_DATA_DIR.',
      exit: 2,
    });
  }
  make(directory);
  narrow(directory, statSync(directory));
  return realpathSync(directory);
}

function make(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError('data-directory', `The data directory ${directory} cannot be made: ${messageOf(error)}.`, {
      hint: 'Name another one: `dataDir` in the configuration, or TUTTI_DATA_DIR.',
      exit: 2,
      cause: error,
    });
  }
}

function narrow(directory: string, stats: Stats): void {
  if ((stats.mode & othersRights) === 0) return;
  const ours = stats.uid === process.getuid?.();
  if (ours && readdirSync(directory).length === 0) {
    chmodSync(directory, 0o700);
    return;
  }
  const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
  throw new UserError('data-directory', `The data directory ${directory} is open to others (its mode is ${mode}).`, {
    hint: ours
      ? `Look at what is in it, then run: chmod 700 ${quoted(directory)}`
      : 'It belongs to another user. Name another one: `dataDir` in the configuration, or TUTTI_DATA_DIR.',
    exit: 2,
  });
}

/** A path as one word of a POSIX shell. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
