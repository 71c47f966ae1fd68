import { statfsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { codeOf } from './files.ts';

/** SQLite's own result codes, as far as they mean something to people. */
const busy = 5;
const readOnly = 8;
const inputOutput = 10;
const corrupt = 11;
const full = 13;
const notDatabase = 26;

/** Less than this many bytes free is a full disk, whatever SQLite called the failure. */
const nothingFree = 256 * 1024;

/** Whether this is the error of a full disk: ours, or one of node's own. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof UserError) return error.code === 'disk-full';
  return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' || resultCode(error) === full;
}

/** Whether this says that the file itself is damaged, or no database at all. */
export function isDamage(error: unknown): boolean {
  if (error instanceof UserError) return error.code === 'store-damaged';
  const code = resultCode(error);
  return code === corrupt || code === notDatabase;
}

/** Whether another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === busy;
}

/**
 * What people are told of a failure of the store: UserErrors `disk-full`, `store-damaged`, `store-busy`, `store-read-only`;
 * every other error is returned as it is.
 */
export function explained(error: unknown, directory: string): unknown {
  if (error instanceof UserError) return error;
  if (isDiskFull(error) || (resultCode(error) === inputOutput && noSpaceLeft(directory)))
    return diskFull(directory, error);
  if (isDamage(error)) return damageError(`The database in ${directory} is damaged.`, error);
  if (isBusy(error)) {
    return new UserError('store-busy', `The database in ${directory} was held by another process for too long.`, {
      hint: 'Try again; `tutti status` names the processes that use it.',
      cause: error,
    });
  }
  if (resultCode(error) === readOnly) {
    return new UserError('store-read-only', `The database in ${directory} cannot be written.`, {
      hint: 'Look at the rights of the directory and its files, and whether the disk is mounted read-only.',
      cause: error,
    });
  }
  return error;
}

/** The UserError `store-damaged`. */
export function damageError(message: string, cause: unknown): UserError {
  return new UserError('store-damaged', message, {
    hint: 'End all Tutti processes that use it and start Tutti again: it checks the file, repairs its indexes, or sets it aside.',
    cause,
  });
}

function diskFull(directory: string, cause: unknown): UserError {
  return new UserError('disk-full', `The disk that holds ${directory} is full, so nothing can be recorded.`, {
    hint: 'Free some space, then ask again.',
    cause,
  });
}

function noSpaceLeft(directory: string): boolean {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize < nothingFree;
}

/** The primary result code of an error of node:sqlite; null for every other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
