/** Work by key, done once: whoever comes again gets what the first one got, unless it failed. Only the newest keys are remembered. */
export function createOnce<T>(most: number): (key: string, work: () => Promise<T>) => Promise<T> {
  const done = new Map<string, Promise<T>>();
  return (key, work) => {
    const before = done.get(key);
    if (before !== undefined) return before;
    const result = work();
    done.set(key, result);
    result.catch(() => done.delete(key));
    const [oldest] = done.keys();
    if (done.size > most && oldest !== undefined) done.delete(oldest);
    return result;
  };
}
