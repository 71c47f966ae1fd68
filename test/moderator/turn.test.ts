import { expect, test } from 'vitest';
import { asksLeft, boundReached, type ModeratedTurn, outerBound, roundsLeft } from '../../src/moderator/turn.ts';
import { answeredOutcome, answering, newQuestion } from '../support/moderated.ts';

const ask = { id: '1', agent: 'api', prompt: '?', access: 'read', after: [], final: false } as const;
const round = { number: 1, reason: null, asks: [{ ...ask, outcome: answeredOutcome(ask, 'yes') }] };

function turnOf(changes: Partial<ModeratedTurn> = {}, port: Parameters<typeof answering>[1] = {}): ModeratedTurn {
  return {
    question: newQuestion(['api', 'web'], { maxRounds: 2, maxAsks: 2 }),
    port: answering({}, port),
    secrets: [{ name: 'TOKEN', value: 'sesame-sesame' }],
    safe: (text) => text.replaceAll('sesame-sesame', '[TOKEN]'),
    boundary: 'k3y',
    random: () => 'k3y',
    mind: () => Promise.reject(new Error('none')),
    citations: async (markdown) => ({ markdown, citations: [], failures: [] }),
    carried: [],
    own: [],
    agentUsage: null,
    mindUsage: null,
    shownCall: null,
    ...changes,
  };
}

test('rounds and asks of this turn count, carried ones do not', () => {
  const turn = turnOf({ carried: [round, round, round], own: [round] });
  expect(roundsLeft(turn)).toBe(1);
  expect(asksLeft(turn)).toBe(1);
  expect(boundReached(turn)).toBeNull();
});

test('bounds in the order in which they end a turn', () => {
  const full = { own: [round, round] };
  expect(boundReached(turnOf(full))?.kind).toBe('rounds');
  expect(boundReached(turnOf({ ...full, question: newQuestion(['api'], { maxRounds: 3, maxAsks: 2 }) }))?.kind).toBe(
    'asks',
  );
  expect(boundReached(turnOf(full, { msToConclude: () => 0 }))?.kind).toBe('time');
  const disk = { reason: 'the disk is full', conclude: false };
  expect(boundReached(turnOf(full, { msToConclude: () => 0, bound: () => disk }))).toEqual({ kind: 'other', ...disk });
});

test('limits are told as people write them', () => {
  const one = newQuestion(['api'], { maxRounds: 1, maxAsks: 12 });
  expect(boundReached(turnOf({ own: [round], question: one }))?.reason).toBe('the limit of 1 round is reached');
});

test('rounds and asks bound decisions, not asks that are planned already', () => {
  expect(outerBound(turnOf({ own: [round, round] }))).toBeNull();
  expect(outerBound(turnOf({}, { msToConclude: () => 0 }))?.kind).toBe('time');
});

test('budgets are given what agents and mind took together', () => {
  const part = { inputTokens: 5, outputTokens: 1, cachedTokens: 0, costUsd: null };
  const turn = turnOf(
    { agentUsage: part, mindUsage: part },
    { bound: (usage) => ({ reason: `${usage?.inputTokens}`, conclude: true }) },
  );
  expect(outerBound(turn)?.reason).toBe('10');
});
