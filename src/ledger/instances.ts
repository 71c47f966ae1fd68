import { UserError } from '../errors.ts';
import type { Row } from '../store/connection.ts';
import { isDiskFull } from '../store/failures.ts';
import { integer, json, text } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Ground } from './ground.ts';
import type { InstanceRecord } from './ledger.ts';

/** The processes that use one data directory. The lock of each is the store's; its row says what it is. */

/** Writes this process's row; its lock is held since the store was opened. */
export function register({ store, now, configuration }: Ground, role: InstanceRecord['role']): void {
  store.run(
    `INSERT INTO instances (id, pid, since, role, config, holds) VALUES (?, ?, ?, ?, ?, '[]')`,
    ...[store.instance, process.pid, now().toISOString(), role, configuration],
  );
}

/** All that have not ended themselves, the dead among them marked as such. */
export function instances(store: Store): readonly (InstanceRecord & { readonly alive: boolean })[] {
  return store.all('SELECT * FROM instances ORDER BY since, id').map((row) => {
    const record = recordOf(row);
    return { ...record, alive: store.isAlive(record.id) };
  });
}

/** Claims surfaces and workspaces for this process: UserError `already-served` when a live one serves any of them. */
export function hold(store: Store, holds: readonly string[]): void {
  store.transaction(() => {
    for (const other of instances(store)) {
      const shared = other.holds.filter((each) => holds.includes(each));
      if (other.id === store.instance || shared.length === 0 || !store.isAlive(other.id, 1000)) continue;
      throw new UserError('already-served', `Process ${other.pid} already serves ${shared.join(', ')}.`, {
        hint: `Use that one, or end it first: kill ${other.pid}`,
        exit: 2,
      });
    }
    store.run('UPDATE instances SET holds = ? WHERE id = ?', JSON.stringify(holds), store.instance);
  });
}

/** Gives this process up: what it owned is left, and nobody counts that as a crash. */
export function leave(store: Store): void {
  try {
    store.transaction(() => release(store, store.instance, 0));
  } catch (error) {
    // Then the next one takes this for a crash: it is only a count.
    if (!isDiskFull(error)) throw error;
  }
}

/** The same for one that died; the questions it was running have seen one crash more. Its lock must be held. */
export function bury(store: Store, instance: string): void {
  release(store, instance, 1);
}

function release(store: Store, instance: string, crashes: 0 | 1): void {
  store.run(
    `UPDATE turns SET owner = NULL, crashes = crashes + iif(state = 'running', ?, 0), state = iif(state = 'running', 'accepted', state)
      WHERE done = 0 AND owner = ?`,
    crashes,
    instance,
  );
  store.run('DELETE FROM directory_locks WHERE owner = ?', instance);
  store.run('DELETE FROM instances WHERE id = ?', instance);
}

function recordOf(row: Row): InstanceRecord {
  return {
    id: text(row.id),
    pid: integer(row.pid),
    since: text(row.since),
    role: text(row.role) as InstanceRecord['role'],
    config: text(row.config),
    holds: json<readonly string[]>(row.holds),
  };
}
