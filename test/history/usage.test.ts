import { describe, expect, it } from 'vitest';
import { sumUsage } from '../../src/history/usage.ts';
import { entryWith, historyForTest, second } from '../support/store/history.ts';

describe('sums of usage', () => {
  it('are made over all, by agent with its worktrees, by person and by day', () => {
    const { store } = filled();
    expect(sumUsage(store, 'total', {})).toEqual([{ name: '', usage: used(1111, 4, 0.75) }]);
    expect(sumUsage(store, 'agents', {})).toEqual([
      { name: 'api', usage: used(11, 2, 0.75) },
      { name: 'web', usage: used(100, 1, null) },
    ]);
    expect(sumUsage(store, 'persons', {})).toEqual([
      { name: 'Alice', usage: used(111, 3, 0.75) },
      { name: 'Bob', usage: used(1000, 1, null) },
    ]);
    expect(sumUsage(store, 'days', {}).map((day) => [day.name, day.usage.inputTokens])).toEqual([
      ['2026-01-01', 11],
      ['2026-01-02', 1100],
    ]);
  });

  it('count only what is asked for', () => {
    const { store } = filled();
    const total = (filter: Parameters<typeof sumUsage>[2]) =>
      sumUsage(store, 'total', filter)[0]?.usage.inputTokens ?? null;
    expect(total({ agent: 'api' })).toBe(11);
    expect(total({ conversation: 'terminal:two' })).toBe(1000);
    expect(total({ since: second(90_000) })).toBe(1100);
    expect(total({ actorId: 'U-alice' })).toBe(11);
    expect(total({ agent: 'none' })).toBeNull();
  });

  it('take a person by id, not by a name that looks like one', () => {
    const { at, store } = filled();
    at(200_000).append(entryWith({ actor: 'U-alice', actorId: 'U-eve', usage: used(5, 5, null) }));
    expect(sumUsage(store, 'total', { actorId: 'U-alice' })[0]?.usage.inputTokens).toBe(11);
  });
});

function filled() {
  const tools = historyForTest();
  const { at } = tools;
  at(1).append(entryWith({ agent: 'api', actorId: 'U-alice', usage: used(1, 1, 0.5) }));
  at(2).append(entryWith({ agent: 'api/feature-x', actorId: 'U-alice', usage: used(10, 1, 0.25) }));
  at(100_000).append(entryWith({ agent: 'web', usage: used(100, 1, null) }));
  at(100_001).append(entryWith({ actor: 'Bob', conversation: 'terminal:two', usage: used(1000, 1, null) }));
  at(100_002).append(entryWith({ agent: 'api' }));
  return tools;
}

function used(inputTokens: number, outputTokens: number, costUsd: number | null) {
  return { inputTokens, outputTokens, cachedTokens: 0, costUsd };
}
