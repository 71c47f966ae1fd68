const minute = 60_000;

/**
 * How much of a turn's time is kept for concluding, in milliseconds: the smallest of 3 minutes, a third of the turn's time, and
 * the larger of 60 seconds and 10 %.
 */
export function concludeReserve(turnMs: number): number {
  return Math.min(3 * minute, turnMs / 3, Math.max(minute, turnMs / 10));
}

/** How long one mind call may take, in milliseconds: 5 minutes, and never longer than the turn. */
export function mindCallLimit(msToEnd: number): number {
  return Math.max(0, Math.min(5 * minute, msToEnd));
}
