import type { SurfaceRecords } from '../../../src/adapters/adapter.ts';

/** Records that are kept as JSON, as the store keeps them, but in memory. */
export function memoryRecords<T>(): SurfaceRecords<T> {
  const kept = new Map<string, string>();
  return {
    async get(key) {
      const record = kept.get(key);
      return record === undefined ? undefined : JSON.parse(record);
    },
    async set(key, value) {
      kept.set(key, JSON.stringify(value));
    },
    delete: async (key) => kept.delete(key),
    async *entries() {
      for (const [key, record] of kept) yield [key, JSON.parse(record)] as const;
    },
  };
}
