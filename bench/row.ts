/** One measured comparison: `ratio` is ours to the peer's, and `reached` whether it keeps the goal. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  /** What it is measured against in the same run: another way to do it, or an ideal. */
  readonly peer: number;
  readonly ratio: number;
  /** As people read it: "at most 1.5x". */
  readonly goal: string;
  readonly reached: boolean;
  readonly unit: string;
}
