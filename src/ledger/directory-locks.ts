import { text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** One writer per directory, over all processes. Readers are not asked. */

/** Takes the directory for a turn; false while somebody alive has it. */
export function lockDirectory(store: Store, directory: string, turnId: string): boolean {
  return store.transaction(() => {
    const held = store.get('SELECT owner FROM directory_locks WHERE directory = ?', directory);
    if (held !== undefined && store.isAlive(text(held.owner))) return false;
    store.run(
      'INSERT OR REPLACE INTO directory_locks (directory, turn, owner) VALUES (?, ?, ?)',
      ...[directory, turnId, store.instance],
    );
    return true;
  });
}

/** Gives it back; what another holds stays. */
export function unlockDirectory(store: Store, directory: string, turnId: string): void {
  store.run(
    'DELETE FROM directory_locks WHERE directory = ? AND turn = ? AND owner = ?',
    ...[directory, turnId, store.instance],
  );
}
