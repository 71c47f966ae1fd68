import { describe, expect, it } from 'vitest';
import { missedFloors } from '../../../bench/quality/floors.ts';
import { type Judged, summarise } from '../../../bench/quality/summary.ts';
import { tableOf } from '../../../bench/quality/table.ts';

function judged(right: boolean, turns: number): Judged {
  return {
    score: { right, misled: false, cited: 4, citedRight: 1, gold: 2, goldCited: 1, citations: 5, verified: 4 },
    reply: {
      texts: [],
      citations: [],
      modelCalls: turns,
      turns,
      tokens: 1000 * turns,
      wallMs: 2000 * turns,
      extractive: false,
      problem: null,
    },
  };
}

const ways = [
  { name: 'single', title: 'single agent', judged: [true, true, true, true, false].map((right) => judged(right, 2)) },
  {
    name: 'moderator-1',
    title: 'moderator',
    judged: [true, true, true, false, false].map((right) => judged(right, 6)),
  },
];

describe('the summary', () => {
  it('measures overhead, error amplification and efficiency by the single agent', () => {
    const [single, moderator] = summarise(ways);
    expect(single).toMatchObject({ right: 0.8, overhead: 0, errorAmplification: 1, efficiency: 0.8 });
    expect(moderator?.right).toBeCloseTo(0.6);
    expect(moderator?.overhead).toBeCloseTo(2);
    expect(moderator?.errorAmplification).toBeCloseTo(2);
    expect(moderator?.efficiency).toBeCloseTo(0.2);
  });

  it('takes citations over all questions together, and costs per question', () => {
    const [single] = summarise(ways);
    expect(single).toMatchObject({ precision: 0.25, recall: 0.5, verified: 0.8, tokens: 2000, wallMs: 4000 });
  });

  it('says nothing where there is nothing to divide by', () => {
    const perfect = [{ name: 'single', title: 'single', judged: [judged(true, 0)] }];
    expect(summarise(perfect)[0]).toMatchObject({ overhead: null, errorAmplification: null });
  });

  it('is shown side by side', () => {
    const lines = tableOf(summarise(ways)).split('\n');
    expect(lines[0]).toBe('|  | single agent | moderator |');
    expect(lines).toContain('| right answers | 80 % | 60 % |');
    expect(lines).toContain('| error amplification | 1.00x | 2.00x |');
    expect(lines).toContain('| wall time | 4.0 s | 12.0 s |');
  });
});

describe('the floors', () => {
  it('name what stays below them, and pass what was not measured', () => {
    const [single] = summarise([{ name: 'single', title: 'single agent', judged: [judged(false, 1)] }]);
    expect(missedFloors(single === undefined ? [] : [single])).toEqual([
      expect.stringMatching(/^single: right answers 0 %, and the floor is \d+ %\.$/),
      expect.stringMatching(/^single: citation recall 50 %, /),
    ]);
    expect(missedFloors([])).toEqual([]);
  });
});
