/** How many messages a person may send in a time; counted by process. */
export interface RateLimit {
  /** False when this one is too many; it does not count then. */
  take(person: string): boolean;
}

export function createRateLimit(options: {
  readonly most: number;
  readonly windowMs: number;
  monotonic(): number;
}): RateLimit {
  const taken = new Map<string, number[]>();
  return {
    take(person) {
      const now = options.monotonic();
      const recent = (taken.get(person) ?? []).filter((at) => now - at < options.windowMs);
      if (recent.length >= options.most) return false;
      taken.set(person, [...recent, now]);
      return true;
    },
  };
}
