/** Tokens and money of one ask, one turn or one period. Input counts cached and written tokens too, output counts reasoning. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  /** US dollars; null where a provider names no cost. */
  readonly costUsd: number | null;
}

/** The sum; a cost stays known only as far as any part named one. Null when nothing was reported at all. */
export function addUsage(...parts: readonly (Usage | null)[]): Usage | null {
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return null;
  const costs = known.map((part) => part.costUsd).filter((cost) => cost !== null);
  return {
    inputTokens: known.reduce((sum, part) => sum + part.inputTokens, 0),
    outputTokens: known.reduce((sum, part) => sum + part.outputTokens, 0),
    cachedTokens: known.reduce((sum, part) => sum + part.cachedTokens, 0),
    costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
  };
}
