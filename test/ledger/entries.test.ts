import { describe, expect, it } from 'vitest';
import type { TurnResult } from '../../src/adapters/adapter.ts';
import { answerEntry, summaryOf } from '../../src/ledger/entries.ts';
import { askResultWith, messageWith, resultWith, usageOf } from '../support/ledger/samples.ts';

describe('a summary', () => {
  it.each([
    ['One line.', 'One line.'],
    ['\n\n  # A heading\n\nand more', 'A heading'],
    ['```\nconst a = 1;\n```', 'const a = 1;'],
    ['> - **bold** words', 'bold words'],
    ['**discord**\n\nwaits', 'discord'],
    ['2 ** 3 is 8, *so* it is', '2 ** 3 is 8, *so* it is'],
    ['-1 is less', '-1 is less'],
    ['#tag', '#tag'],
    ['---', ''],
    ['', ''],
    ['日本語の質問', '日本語の質問'],
  ])('of %j is its first line that says something', (text, summary) => {
    expect(summaryOf(text)).toBe(summary);
  });

  it('fits one line, and cuts no character in two', () => {
    const summary = summaryOf('🙂'.repeat(500));
    expect(Array.from(summary)).toHaveLength(120);
    expect(summary.endsWith('🙂…')).toBe(true);
  });
});

describe('the usage of an answer', () => {
  it.each([
    ['nothing, where nothing was reported', null, [null], null],
    ['all of it, where no agent reported any', usageOf(5, 0.5), [null, null], usageOf(5, 0.5)],
    [
      'nothing, where the agents account for all',
      { ...usageOf(30, 0.3), outputTokens: 2 },
      [usageOf(10, 0.1), usageOf(20, 0.2)],
      null,
    ],
    [
      'what the mind took',
      usageOf(35, 1),
      [usageOf(30, 0.25)],
      { inputTokens: 5, outputTokens: 0, cachedTokens: 0, costUsd: 0.75 },
    ],
    [
      'no cost, where only the agents named one',
      usageOf(35, 0.25),
      [usageOf(30, 0.25)],
      { inputTokens: 5, outputTokens: 0, cachedTokens: 0, costUsd: null },
    ],
    ['never less than nothing', usageOf(5), [usageOf(30)], null],
  ])('is %s', (_, whole, agents, expected) => {
    const asks = agents.map((usage) => askResultWith({ usage }));
    const result: TurnResult = resultWith('t', { usage: whole, rounds: [{ number: 1, reason: null, asks }] });
    expect(answerEntry(messageWith('m1'), result, 5).usage).toEqual(expected);
  });
});

it('says why there is no answer', () => {
  const result = resultWith('t', { status: 'failed', answer: null, reason: 'no agent could be asked' });
  expect(answerEntry(messageWith('m1'), result, null)).toMatchObject({
    ...{
      summary: 'no agent could be asked',
      text: 'no agent could be asked',
      status: 'failed',
      durationMs: null,
      agents: [],
    },
  });
});
