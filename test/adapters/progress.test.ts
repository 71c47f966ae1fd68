import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../src/adapters/adapter.ts';
import { advance, emptyProgress } from '../../src/adapters/progress.ts';

const progressAfter = (...events: readonly TurnEvent[]) =>
  events.reduce((progress, event, index) => advance(progress, event, index * 1000), emptyProgress);

const decision: TurnEvent = { type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api', 'web', 'worker'] };
const started = (agent: string, waitsFor: readonly string[] = [], round = 1): TurnEvent => ({
  type: 'ask_start',
  round,
  agent,
  access: 'read',
  waitsFor,
});
const ended = (agent: string): TurnEvent => ({
  type: 'ask_end',
  round: 1,
  agent,
  status: 'answered',
  durationMs: 41_000,
  usage: null,
  text: 'x',
  failure: null,
});
const states = (...events: readonly TurnEvent[]) =>
  Object.fromEntries(progressAfter(...events).agents.map(({ agent, state }) => [agent, state]));

describe('what is to be seen of a turn', () => {
  it('is every agent of the round, from waiting to its end', () => {
    expect(states(decision, started('api'), started('worker', ['web']))).toEqual({
      api: 'works',
      web: 'waits',
      worker: 'waits',
    });
    expect(states(decision, started('web'), ended('web'), started('worker', ['web']))).toMatchObject({
      web: 'answered',
      worker: 'works',
    });
  });

  it('is what each agent does, since when, with the last number of tokens that was named', () => {
    const progress = progressAfter(
      decision,
      started('api'),
      { type: 'ask_progress', agent: 'api', activity: 'Read a.ts', tokens: 900 },
      { type: 'ask_progress', agent: 'api', activity: 'Read b.ts', tokens: null },
    );
    expect(progress.agents[0]).toMatchObject({ activity: 'Read b.ts', tokens: 900, startedAt: 1000 });
  });

  it('is the place in the queue until something runs', () => {
    const queued: TurnEvent = { type: 'queued', position: 2, reason: 'another turn runs' };
    expect(progressAfter(queued).queued).toEqual({ position: 2, reason: 'another turn runs' });
    expect(progressAfter(queued, decision).queued).toBeNull();
  });

  it('is the next round alone once that is decided', () => {
    const second: TurnEvent = { type: 'decision', round: 2, next: 'ask', reason: 'web was unclear', agents: ['web'] };
    expect(progressAfter(decision, started('api'), second)).toMatchObject({
      round: 2,
      reason: 'web was unclear',
      agents: [{ agent: 'web', state: 'waits' }],
    });
  });

  it('is that the answer is being written when the last agent has ended, and its text as it comes', () => {
    const all = [decision, ended('api'), ended('web'), ended('worker')] as const;
    expect(progressAfter(decision, ended('api')).concluding).toBe(false);
    expect(progressAfter(...all).concluding).toBe(true);
    expect(
      progressAfter(...all, { type: 'answer_text', text: 'For' }, { type: 'answer_text', text: 'ty' }).answer,
    ).toBe('Forty');
  });

  it('is an agent that nobody announced, too', () => {
    expect(states(started('stray'))).toEqual({ stray: 'works' });
  });
});
