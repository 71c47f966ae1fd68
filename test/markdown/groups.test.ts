import { describe, expect, it } from 'vitest';
import { groups } from '../../src/markdown/groups.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe('groups', () => {
  it('makes runs as long as they fit, in order', () => {
    for (let limit = 1; limit < 40; limit++) {
      const items = Array.from({ length: 50 }, (_, index) => (index * 7) % 9);
      const runs = groups(items, (run) => sum(run) <= limit);
      expect(runs.flat()).toEqual(items);
      for (const [index, run] of runs.entries()) {
        expect(run.length === 1 || sum(run) <= limit).toBe(true);
        const next = runs[index + 1]?.[0];
        if (next !== undefined) expect(sum([...run, next])).toBeGreaterThan(limit);
      }
    }
  });

  it('leaves an item that does not fit alone', () => {
    expect(groups([1, 9, 1, 1], (run) => sum(run) <= 3)).toEqual([[1], [9], [1, 1]]);
    expect(groups([], () => true)).toEqual([]);
  });

  it('looks at long lists only near what fits', () => {
    let looked = 0;
    groups(
      Array.from({ length: 10_000 }, () => 1),
      (run) => {
        looked += run.length;
        return run.length <= 10;
      },
    );
    expect(looked).toBeLessThan(1_000_000);
  });
});
