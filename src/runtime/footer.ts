import type { RoundResult, TurnResult } from '../adapters/adapter.ts';
import { duration, shortNumber } from '../format.ts';
import type { Usage } from '../usage.ts';

export interface FooterFacts {
  readonly durationMs: number;
  /** No model was involved at all. */
  readonly extractive: boolean;
  /** Agents whose provider names no cost. */
  readonly costUnknown: readonly string[];
  readonly notices: readonly string[];
}

/** One line under an answer: how many agents and rounds, how long, what it cost, what to know. */
export function footer(result: Pick<TurnResult, 'rounds' | 'usage'>, facts: FooterFacts): string {
  const agents = new Set(result.rounds.flatMap((round) => round.asks.map((ask) => ask.agent))).size;
  const parts = [
    counted(agents, 'agent'),
    counted(result.rounds.length, 'round'),
    duration(facts.durationMs),
    ...spent(result.usage, facts.costUnknown),
    ...(facts.extractive ? ['extractive: no model was used'] : []),
    ...facts.notices,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Agents that answered without naming a cost while tokens were spent, so that the footer never says 0 for it. */
export function agentsWithoutCost(rounds: readonly RoundResult[]): readonly string[] {
  const asks = rounds.flatMap((round) => round.asks);
  return [...new Set(asks.filter((ask) => ask.usage !== null && ask.usage.costUsd === null).map((ask) => ask.agent))];
}

function counted(count: number, word: string): string | null {
  if (count === 0) return null;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function spent(usage: Usage | null, costUnknown: readonly string[]): readonly string[] {
  if (usage === null) return [];
  const tokens = usage.inputTokens + usage.outputTokens;
  return [
    ...(tokens > 0 ? [`${shortNumber(tokens)} tokens`] : []),
    ...(usage.costUsd === null ? [] : [`$${usage.costUsd.toFixed(usage.costUsd < 0.01 ? 4 : 2)}`]),
    ...(costUnknown.length > 0 && tokens > 0 ? [`cost unknown: ${costUnknown.join(', ')}`] : []),
  ];
}
