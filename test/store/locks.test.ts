import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  instanceIds,
  isInstanceAlive,
  pidOf,
  takeDeadInstance,
  takeInstanceLock,
  takeOpeningLock,
} from '../../src/store/locks.ts';
import { startChild } from '../support/store/child.ts';
import { dataDirectory } from '../support/store/directory.ts';

describe('the lock of an instance', () => {
  it('shows that its process lives, and is gone with its file when it is released', () => {
    const directory = made();
    const lock = takeInstanceLock(directory);
    expect(instanceIds(directory)).toEqual([lock.id]);
    expect(pidOf(lock.id)).toBe(process.pid);
    expect(isInstanceAlive(directory, lock.id)).toBe(true);
    expect(takeDeadInstance(directory, lock.id)).toBeNull();
    lock.release();
    expect(instanceIds(directory)).toEqual([]);
    expect(isInstanceAlive(directory, lock.id)).toBe(false);
  });

  it('is ours alone to read, and leaves nothing beside it', () => {
    const directory = made();
    const before = process.umask(0);
    const lock = takeInstanceLock(directory);
    process.umask(before);
    const files = readdirSync(join(directory, 'instances'));
    expect(files).toEqual([`${lock.id}.lock`]);
    expect(statSync(join(directory, 'instances', `${lock.id}.lock`)).mode & 0o777).toBe(0o600);
    lock.release();
  });

  it('is held by another process until that is killed, and no longer', async () => {
    const directory = dataDirectory();
    const child = startChild('store/open-and-wait.ts', directory);
    const { instance } = await child.next<{ instance: string }>();
    expect(pidOf(instance)).toBe(child.pid);
    expect(isInstanceAlive(directory, instance)).toBe(true);
    expect(takeDeadInstance(directory, instance)).toBeNull();
    await child.kill();
    expect(isInstanceAlive(directory, instance)).toBe(false);
    const taken = takeDeadInstance(directory, instance);
    expect(taken?.id).toBe(instance);
    taken?.release();
    expect(instanceIds(directory)).toEqual([]);
  });

  it('can be taken over by one only', async () => {
    const directory = dataDirectory();
    const child = startChild('store/open-and-wait.ts', directory);
    const { instance } = await child.next<{ instance: string }>();
    await child.kill();
    const taken = takeDeadInstance(directory, instance);
    onTestFinished(() => taken?.release());
    expect(taken).not.toBeNull();
    expect(takeDeadInstance(directory, instance)).toBeNull();
  });

  it('is seen as free by any number that look at the same time, and can still be taken', async () => {
    const directory = dataDirectory();
    const child = startChild('store/open-and-wait.ts', directory);
    const { instance } = await child.next<{ instance: string }>();
    await child.kill();
    const path = join(directory, 'instances', `${instance}.lock`);
    const looking = new DatabaseSync(path);
    looking.exec('BEGIN; SELECT 1 FROM sqlite_schema');
    expect(isInstanceAlive(directory, instance)).toBe(false);
    looking.close();
    const taken = takeDeadInstance(directory, instance);
    expect(isInstanceAlive(directory, instance)).toBe(true);
    taken?.release();
    expect(isInstanceAlive(directory, instance)).toBe(false);
  });

  it('is dead where its file is missing, and looking does not bring the file back', () => {
    const directory = made();
    expect(isInstanceAlive(directory, '1-abc')).toBe(false);
    expect(() => takeDeadInstance(directory, '1-abc')?.release()).not.toThrow();
    expect(instanceIds(directory)).toEqual([]);
  });
});

describe('the lock for opening', () => {
  it('is had by one at a time', () => {
    const directory = made();
    const lock = takeOpeningLock(directory, 0);
    expect(() => takeOpeningLock(directory, 1)).toThrow('locked');
    lock.release();
    takeOpeningLock(directory, 0).release();
    expect(existsSync(join(directory, 'opening.lock'))).toBe(true);
  });
});

function made(): string {
  const directory = dataDirectory();
  mkdirSync(directory, { mode: 0o700 });
  return directory;
}
