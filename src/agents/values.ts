import type { Collection } from '../store/collections.ts';

/** Every record of a collection, in order of their keys. */
export async function valuesOf<T>(collection: Pick<Collection<T>, 'entries'>): Promise<readonly T[]> {
  const entries = await Array.fromAsync(collection.entries());
  return entries.map(([, value]) => value);
}
