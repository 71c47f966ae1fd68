import Keyv, { type KeyvStoreAdapter, type StoredData } from 'keyv';
import { text } from './rows.ts';
import type { Store } from './store.ts';

/**
 * The one place that makes a Keyv: records of one collection in the store, failures thrown and not only emitted.
 * It never leaves this folder; `createCollections` gives out what the program uses.
 */
export function createKeyv<T>(store: Store, collection: string): Keyv<T> {
  const keyv = new Keyv<T>({
    store: recordsAdapter(store, collection),
    throwOnErrors: true,
    // The collection is a column of its own.
    useKeyPrefix: false,
  });
  // Without a listener the event itself would be thrown, apart from the call that failed; the call throws the same error.
  keyv.on('error', () => undefined);
  return keyv;
}

/** Keyv gives the value as it is to be stored, with its own time of expiry inside; ours beside it is for removing. */
function recordsAdapter(store: Store, collection: string): KeyvStoreAdapter {
  const adapter: KeyvStoreAdapter = {
    // Keyv iterates only over stores it knows by this name.
    opts: { dialect: 'sqlite', url: '' },
    on: () => adapter,
    get: async <Value>(key: string) => {
      const row = store.get('SELECT value FROM records WHERE collection = ? AND key = ?', collection, key);
      return row === undefined ? undefined : (text(row.value) as StoredData<Value>);
    },
    set: async (key: string, value: string, ttl?: number) => {
      store.run(
        'INSERT OR REPLACE INTO records (collection, key, value, expires) VALUES (?, ?, ?, ?)',
        collection,
        key,
        value,
        ttl === undefined ? null : Date.now() + ttl,
      );
    },
    delete: async (key: string) =>
      store.run('DELETE FROM records WHERE collection = ? AND key = ?', collection, key) > 0,
    clear: async () => {
      store.run('DELETE FROM records WHERE collection = ?', collection);
    },
    iterator: async function* () {
      yield* store
        .all('SELECT key, value FROM records WHERE collection = ? ORDER BY key', collection)
        .map((row) => [text(row.key), text(row.value)]);
    },
  };
  return adapter;
}
