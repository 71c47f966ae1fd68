import { isDiskFull } from './failures.ts';
import { createKeyv } from './keyv.ts';
import type { Store } from './store.ts';

/** Small records by key: sessions, dynamic agents and groups, playbooks, settings, caches. Values are plain JSON. */
export interface Collection<T> {
  get(key: string): Promise<T | undefined>;
  /** `ttl` in milliseconds: afterwards the record is gone. */
  set(key: string, value: T, options?: { readonly ttl?: number }): Promise<void>;
  /** Whether there was one. */
  delete(key: string): Promise<boolean>;
  /** In order of their keys. */
  entries(): AsyncIterable<readonly [key: string, value: T]>;
}

/** Typed collections in the store, by name. They reject with the UserErrors of the store. */
export interface Collections {
  collection<T>(name: string): Collection<T>;
}

/** Opens the collections of a store, and removes records whose time has passed. */
export function createCollections(store: Store): Collections {
  removeExpired(store);
  return { collection: (name) => createCollection(store, name) };
}

function createCollection<T>(store: Store, name: string): Collection<T> {
  const keyv = createKeyv<T>(store, name);
  return {
    get: (key) => keyv.get<T>(key),
    set: async (key, value, options) => {
      await keyv.set(key, value, options?.ttl);
    },
    delete: (key) => keyv.delete(key),
    entries: async function* () {
      if (keyv.iterator === undefined) throw new Error('Keyv does not iterate over the records.');
      for await (const [key, value] of keyv.iterator(undefined)) yield [key, value];
    },
  };
}

function removeExpired(store: Store): void {
  const now = Date.now();
  if (store.get('SELECT 1 FROM records WHERE expires < ? LIMIT 1', now) === undefined) return;
  try {
    store.run('DELETE FROM records WHERE expires < ?', now);
  } catch (error) {
    // Removing needs room as well; reading must still be possible.
    if (!isDiskFull(error)) throw error;
  }
}
