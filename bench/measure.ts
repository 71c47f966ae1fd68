import { median } from './median.ts';
import type { BenchRow } from './row.ts';

/** Medians of ours and of what it is measured against. */
export interface Measured {
  readonly ours: number;
  readonly peer: number;
}

/**
 * Measures both ways in turn, so that what else the machine does falls on both; the first tenth does not count. Each resolves with what
 * it took, in whatever unit both have.
 */
export async function interleaved(
  times: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<Measured> {
  const mine: number[] = [];
  const other: number[] = [];
  for (let count = 0; count < times; count += 1) {
    mine.push(await ours());
    other.push(await peer());
  }
  const warm = Math.ceil(times / 10);
  return { ours: median(mine.slice(warm)), peer: median(other.slice(warm)) };
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** A row of milliseconds whose ratio may be `most` at the most. */
export function rowOf(name: string, { ours, peer }: Measured, most: number): BenchRow {
  const ratio = ours / peer;
  return { name, ours, peer, ratio, goal: `at most ${most}x`, reached: ratio <= most, unit: 'ms' };
}
