import type { Reply, Score } from './score.ts';

export interface Judged {
  readonly score: Score;
  readonly reply: Reply;
}

/** One way to ask, over all questions: shares are 0 … 1 and null where there is nothing to divide by, the rest means per question. */
export interface Summary {
  readonly name: string;
  readonly title: string;
  readonly questions: number;
  readonly right: number;
  readonly misled: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly verified: number | null;
  readonly modelCalls: number;
  readonly tokens: number;
  readonly turns: number;
  readonly wallMs: number;
  /** Turns more than the single agent takes, as a share of its own: (T - T₁) / T₁. */
  readonly overhead: number | null;
  /** How much more often it fails than the single agent: (1 - S) / (1 - S₁). */
  readonly errorAmplification: number | null;
  /** Right answers for the turns taken: S / (T / T₁). */
  readonly efficiency: number | null;
}

/** Puts the ways to ask beside each other; the first is the single agent that the others are measured by. */
export function summarise(
  ways: readonly { readonly name: string; readonly title: string; readonly judged: readonly Judged[] }[],
): Summary[] {
  const [first] = ways;
  const single = first === undefined ? null : { right: rightShare(first.judged), turns: meanTurns(first.judged) };
  return ways.map(({ name, title, judged }) => {
    const [right, turns] = [rightShare(judged), meanTurns(judged)];
    return {
      name,
      title,
      questions: judged.length,
      right,
      misled: share(judged, ({ score }) => score.misled),
      precision: ratio(
        sum(judged, ({ score }) => score.citedRight),
        sum(judged, ({ score }) => score.cited),
      ),
      recall: ratio(
        sum(judged, ({ score }) => score.goldCited),
        sum(judged, ({ score }) => score.gold),
      ),
      verified: ratio(
        sum(judged, ({ score }) => score.verified),
        sum(judged, ({ score }) => score.citations),
      ),
      modelCalls: mean(judged, ({ reply }) => reply.modelCalls),
      tokens: mean(judged, ({ reply }) => reply.tokens),
      turns,
      wallMs: mean(judged, ({ reply }) => reply.wallMs),
      overhead: single === null ? null : ratio(turns - single.turns, single.turns),
      errorAmplification: single === null ? null : ratio(1 - right, 1 - single.right),
      efficiency: single === null ? null : ratio(right * single.turns, turns),
    };
  });
}

function rightShare(judged: readonly Judged[]): number {
  return share(judged, ({ score }) => score.right);
}

function meanTurns(judged: readonly Judged[]): number {
  return mean(judged, ({ reply }) => reply.turns);
}

function share(judged: readonly Judged[], is: (one: Judged) => boolean): number {
  return mean(judged, (one) => (is(one) ? 1 : 0));
}

function mean(judged: readonly Judged[], value: (one: Judged) => number): number {
  return ratio(sum(judged, value), judged.length) ?? 0;
}

function sum(judged: readonly Judged[], value: (one: Judged) => number): number {
  return judged.reduce((total, one) => total + value(one), 0);
}

function ratio(above: number, below: number): number | null {
  return below === 0 ? null : above / below;
}
