import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, makePrivateFile, narrowFile, syncDirectory } from '../../src/store/files.ts';
import { dataDirectory } from '../support/store/directory.ts';

describe('private files', () => {
  it('are made empty and for their owner alone, whatever the umask is', () => {
    const path = join(made(), 'file');
    const before = process.umask(0);
    try {
      expect(makePrivateFile(path)).toBe(true);
    } finally {
      process.umask(before);
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(path).size).toBe(0);
  });

  it('are left alone when they are there', () => {
    const path = join(made(), 'file');
    writeFileSync(path, 'content');
    expect(makePrivateFile(path)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('content');
  });

  it('say why they cannot be made', () => {
    expect(() => makePrivateFile(join(made(), 'missing', 'file'))).toThrow('ENOENT');
  });

  it('are narrowed when others may read them, and may be missing', () => {
    const path = join(made(), 'file');
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    narrowFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => narrowFile(`${path}-missing`)).not.toThrow();
  });
});

it('syncs a directory, and says when it is none', () => {
  expect(() => syncDirectory(made())).not.toThrow();
  expect(() => syncDirectory('/missing/directory')).toThrow('ENOENT');
});

it('reads the code of an error of node, and of nothing else', () => {
  expect(codeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect(codeOf(new Error('x'))).toBeNull();
  expect(codeOf('ENOENT')).toBeNull();
});

function made(): string {
  const directory = dataDirectory();
  mkdirSync(directory);
  return directory;
}
