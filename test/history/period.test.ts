import { describe, expect, it } from 'vitest';
import { boundsOfPeriod } from '../../src/history/period.ts';
import { entryWith, historyForTest, second } from '../support/store/history.ts';

describe('the entries of a period', () => {
  it('are found between their row numbers', () => {
    const { at, store } = historyForTest();
    for (const time of [10, 20, 20, 30, 40]) at(time).append(entryWith());
    const bounds = (since: number | null, until: number | null) =>
      boundsOfPeriod(
        store,
        since === null ? null : second(since).toISOString(),
        until === null ? null : second(until).toISOString(),
      );
    expect(bounds(20, 30)).toEqual({ from: 2, to: 4 });
    expect(bounds(null, 20)).toEqual({ from: 1, to: 3 });
    expect(bounds(21, null)).toEqual({ from: 4, to: 5 });
    expect(bounds(21, 29)).toBeNull();
    expect(bounds(50, null)).toBeNull();
    expect(bounds(null, 5)).toBeNull();
  });

  it('are none in an empty history', () => {
    expect(boundsOfPeriod(historyForTest().store, null, second(1).toISOString())).toBeNull();
  });

  it('are all found where the clock was set back, and where entries are gone', () => {
    const { at, history, store } = historyForTest();
    const times = [...range(100, 160), ...range(20, 120), ...range(50, 70), 500, ...range(60, 90)];
    for (const time of times) at(time).append(entryWith({ summary: String(time) }));
    store.run('DELETE FROM history WHERE sequence % 3 = 0 OR sequence BETWEEN 70 AND 90');
    const left = store.all('SELECT summary FROM history ORDER BY sequence DESC').map((row) => Number(row.summary));
    for (const [since, until] of [
      [55, 65],
      [0, 1000],
      [110, 115],
      [160, 400],
      [500, 500],
      [21, 22],
    ] as const) {
      expect(
        history.list({ since: second(since), until: second(until), limit: 1000 }).map((entry) => Number(entry.summary)),
        `${since} to ${until}`,
      ).toEqual(left.filter((time) => time >= since && time <= until));
    }
  });
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
