import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the condition holds; throws its last error, or says that it never held, after the time. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  what: string,
  timeoutMs = 20_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > end) throw new Error(`In ${timeoutMs} ms it did not happen that ${what}.`);
    await wait(20);
  }
}
