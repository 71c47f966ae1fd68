import { expect, test } from 'vitest';
import { createDirectoryLocks } from '../../src/runtime/directory-locks.ts';
import { waitFor } from '../support/wait-for.ts';

function ledger() {
  const held = new Map<string, string>();
  return {
    held,
    lockDirectory(directory: string, turn: string) {
      if (held.has(directory)) return false;
      held.set(directory, turn);
      return true;
    },
    unlockDirectory: (directory: string) => void held.delete(directory),
  };
}

test('one writer at a time; who waits is told so and comes next', async () => {
  const locks = createDirectoryLocks(ledger(), 5);
  const never = new AbortController().signal;
  const unlock = await locks.lock('/a', 'one', never, () => {});
  expect([locks.written('/a', 'two'), locks.written('/a', 'one'), locks.written('/b', 'two')]).toEqual([
    true,
    false,
    false,
  ]);
  let waits = 0;
  const second = locks.lock('/a', 'two', never, () => {
    waits += 1;
  });
  await waitFor(() => waits === 1, 'the second waits');
  unlock();
  (await second)();
  expect(locks.written('/a', 'three')).toBe(false);
});

test('whoever is stopped while waiting gets nothing', async () => {
  const store = ledger();
  const locks = createDirectoryLocks(store, 5);
  await locks.lock('/a', 'one', new AbortController().signal, () => {});
  const controller = new AbortController();
  const waiting = locks.lock('/a', 'two', controller.signal, () => controller.abort());
  await expect(waiting).rejects.toThrow();
  expect(store.held.get('/a')).toBe('one');
});
