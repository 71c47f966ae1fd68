/** Keyed records that outlive the process; what the store's collections offer, as far as agents need it. */
export interface Records<T> {
  get(key: string): Promise<T | undefined>;
  /** `ttlMs`: forgotten after so long. */
  set(key: string, value: T, ttlMs?: number): Promise<void>;
  /** Whether there was one. */
  delete(key: string): Promise<boolean>;
  values(): Promise<readonly T[]>;
}
