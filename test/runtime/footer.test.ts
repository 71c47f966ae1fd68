import { expect, test } from 'vitest';
import type { AskResult } from '../../src/adapters/adapter.ts';
import { agentsWithoutCost, footer } from '../../src/runtime/footer.ts';

const ask: AskResult = {
  agent: 'api',
  prompt: 'why?',
  access: 'read',
  status: 'answered',
  text: 'so',
  truncated: false,
  sessionId: null,
  durationMs: 10,
  usage: { inputTokens: 900, outputTokens: 100, cachedTokens: 0, costUsd: null },
  failure: null,
  retried: false,
  late: null,
};

test('says how many, how long and what it cost', () => {
  const rounds = [
    { number: 1, reason: null, asks: [ask, { ...ask, agent: 'web' }] },
    { number: 2, reason: 'more', asks: [ask] },
  ];
  const usage = { inputTokens: 22_000, outputTokens: 2_000, cachedTokens: 0, costUsd: 0.31 };
  expect(footer({ rounds, usage }, { durationMs: 72_000, extractive: false, costUnknown: [], notices: [] })).toBe(
    '2 agents · 2 rounds · 1 m 12 s · 24k tokens · $0.31',
  );
});

test('never shows an unknown cost as nothing', () => {
  const rounds = [{ number: 1, reason: null, asks: [ask] }];
  expect(agentsWithoutCost(rounds)).toEqual(['api']);
  expect(
    footer({ rounds, usage: ask.usage }, { durationMs: 400, extractive: false, costUnknown: ['api'], notices: [] }),
  ).toBe('1 agent · 1 round · 0.4 s · 1k tokens · cost unknown: api');
});

test('says that no model was used', () => {
  const rounds = [{ number: 1, reason: null, asks: [{ ...ask, usage: null }] }];
  expect(footer({ rounds, usage: null }, { durationMs: 400, extractive: true, costUnknown: [], notices: [] })).toBe(
    '1 agent · 1 round · 0.4 s · extractive: no model was used',
  );
});
