/** Answers that somebody waits for, by key; one that comes before it is waited for is kept. */
export interface Waiting<Value> {
  /** Resolves with the value for this key. */
  wait(key: string): Promise<Value>;
  settle(key: string, value: Value): void;
}

export function createWaiting<Value>(): Waiting<Value> {
  const entries = new Map<string, PromiseWithResolvers<Value>>();
  function entry(key: string): PromiseWithResolvers<Value> {
    const known = entries.get(key) ?? Promise.withResolvers<Value>();
    entries.set(key, known);
    return known;
  }
  return {
    async wait(key) {
      const value = await entry(key).promise;
      entries.delete(key);
      return value;
    },
    settle(key, value) {
      entry(key).resolve(value);
    },
  };
}
