import { describe, expect, it } from 'vitest';
import { addUsage } from '../src/usage.ts';

const usage = { inputTokens: 100, outputTokens: 20, cachedTokens: 50, costUsd: 0.25 };

describe('addUsage', () => {
  it('adds tokens and money', () => {
    expect(addUsage(usage, usage)).toEqual({ inputTokens: 200, outputTokens: 40, cachedTokens: 100, costUsd: 0.5 });
  });

  it('keeps a cost that one part named, and never makes one up', () => {
    expect(addUsage(usage, { ...usage, costUsd: null })?.costUsd).toBe(0.25);
    expect(addUsage({ ...usage, costUsd: null })?.costUsd).toBeNull();
    expect(addUsage({ ...usage, costUsd: 0 })?.costUsd).toBe(0);
  });

  it('knows nothing where nothing was reported', () => {
    expect(addUsage()).toBeNull();
    expect(addUsage(null, null)).toBeNull();
    expect(addUsage(null, usage)).toEqual(usage);
  });
});
