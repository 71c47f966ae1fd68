import { chmodSync, mkdirSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { prepareDirectory } from '../../src/store/directory.ts';
import { dataDirectory } from '../support/store/directory.ts';

describe('the data directory', () => {
  it('is made, with those above it, for its owner alone', () => {
    const directory = join(dataDirectory(), 'deeper');
    expect(prepareDirectory(directory)).toBe(directory);
    expect(modeOf(directory)).toBe(0o700);
    expect(modeOf(dirname(directory))).toBe(0o700);
  });

  it('is made so whatever the umask is, and leaves the umask as it was', () => {
    const before = process.umask(0);
    try {
      const directory = dataDirectory();
      prepareDirectory(directory);
      expect(modeOf(directory)).toBe(0o700);
      expect(process.umask()).toBe(0);
    } finally {
      process.umask(before);
    }
  });

  it('is narrowed when it is empty', () => {
    const directory = madeWith(0o755);
    prepareDirectory(directory);
    expect(modeOf(directory)).toBe(0o700);
  });

  it('is refused when it holds something and others may look in, with the command that mends it', () => {
    const directory = madeWith(0o750);
    writeFileSync(join(directory, 'something'), '');
    const error = refusal(directory);
    expect(error).toMatchObject({ code: 'data-directory', exit: 2 });
    expect(error.message).toContain('0750');
    expect(error.hint).toContain(`chmod 700 ${directory}`);
    expect(modeOf(directory)).toBe(0o750);
  });

  it('names the command so that a shell takes the path as one word', () => {
    const directory = join(dataDirectory(), "it's mine; really");
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, 'something'), '');
    expect(refusal(directory).hint).toContain(`chmod 700 '${directory.replace("'", "'\\''")}'`);
  });

  it('is taken as it is when it is ours alone', () => {
    const directory = madeWith(0o700);
    writeFileSync(join(directory, 'something'), '');
    expect(prepareDirectory(directory)).toBe(directory);
  });

  it('is refused when the path is a file', () => {
    const directory = dataDirectory();
    writeFileSync(directory, '');
    expect(refusal(directory)).toMatchObject({ code: 'data-directory', exit: 2 });
  });

  it('is known by its real path', () => {
    const directory = madeWith(0o700);
    const link = join(dirname(directory), 'link');
    symlinkSync(directory, link);
    expect(prepareDirectory(link)).toBe(realpathSync(directory));
  });
});

function madeWith(mode: number): string {
  const directory = dataDirectory();
  mkdirSync(directory);
  chmodSync(directory, mode);
  return directory;
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

function refusal(directory: string): UserError {
  try {
    prepareDirectory(directory);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('The directory was taken.');
}
