import type { Records } from '../../src/agents/records.ts';

/** Records in memory, for tests that need no store; times to live are not kept. */
export function memoryRecords<T>(): Records<T> {
  const kept = new Map<string, T>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => {
      kept.set(key, value);
    },
    delete: async (key) => kept.delete(key),
    values: async () => [...kept.values()],
  };
}
