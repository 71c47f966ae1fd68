import type { Secret } from '../mask.ts';
import { addUsage, type Usage } from '../usage.ts';
import type { CheckedAnswer, CitationContext } from './citations.ts';
import type { Mind, ModeratorPort, Question, Round } from './moderator.ts';

/** One question on its way: what its rounds share. Lives as long as the call that answers it. */
export interface ModeratedTurn {
  readonly question: Question;
  readonly port: ModeratorPort;
  /** The word that fences foreign text in the mind's prompts; agents never see it. */
  readonly boundary: string;
  random(): string;
  /** What must not be shown, recorded or handed to anybody. */
  readonly secrets: readonly Secret[];
  /** Without control characters and secrets. */
  safe(text: string): string;
  mind(): Promise<Mind>;
  citations(markdown: string, context: Omit<CitationContext, 'mask'>): Promise<CheckedAnswer>;
  readonly carried: readonly Round[];
  /** Rounds of this turn, finished. */
  own: readonly Round[];
  agentUsage: Usage | null;
  mindUsage: Usage | null;
  /** The call whose answer is shown while it is written; another one would be read as its continuation. */
  shownCall: string | null;
}

/** Carried rounds and own ones: what the mind sees, and what an answer rests on. */
export function allRounds(turn: ModeratedTurn): readonly Round[] {
  return [...turn.carried, ...turn.own];
}

/** What this turn took so far. */
export function usageOf(turn: ModeratedTurn): Usage | null {
  return addUsage(turn.agentUsage, turn.mindUsage);
}

export function asksLeft(turn: ModeratedTurn): number {
  return turn.question.maxAsks - turn.own.reduce((sum, round) => sum + round.asks.length, 0);
}

export function roundsLeft(turn: ModeratedTurn): number {
  return turn.question.maxRounds - turn.own.length;
}

/** Why the rounds are over, or null. `conclude` says whether the mind may still answer with what there is. */
export interface ReachedBound {
  readonly kind: 'rounds' | 'asks' | 'time' | 'other';
  readonly reason: string;
  readonly conclude: boolean;
}

/** The first bound that ends the rounds, in words for people. */
export function boundReached(turn: ModeratedTurn): ReachedBound | null {
  const outer = outerBound(turn);
  if (outer !== null) return outer;
  const { maxRounds, maxAsks } = turn.question;
  if (roundsLeft(turn) <= 0) {
    return { kind: 'rounds', reason: `the limit of ${counted(maxRounds, 'round')} is reached`, conclude: true };
  }
  if (asksLeft(turn) <= 0) {
    return { kind: 'asks', reason: `the limit of ${counted(maxAsks, 'ask')} is reached`, conclude: true };
  }
  return null;
}

/** The bounds that also keep a planned ask from being started: budgets, the disk, time. */
export function outerBound(turn: ModeratedTurn): ReachedBound | null {
  const outside = turn.port.bound(usageOf(turn));
  if (outside !== null) return { kind: 'other', ...outside };
  if (turn.port.msToConclude() > 0) return null;
  return { kind: 'time', reason: 'the time for this question is used up', conclude: true };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
