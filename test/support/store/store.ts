import { onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../../src/store/store.ts';
import { dataDirectory } from './directory.ts';

/** A store in a new directory, or in the one that is named; closed after the test. */
export function storeForTest(options: Partial<StoreOptions> = {}): Store {
  const store = openStore({ directory: dataDirectory(), ...options });
  onTestFinished(() => store.close());
  return store;
}
