import { describe, expect, it } from 'vitest';
import { emptyProgress, type TurnProgress } from '../../src/adapters/progress.ts';
import { failureText, headLine, oneLine } from '../../src/adapters/status.ts';

const agent = (name: string): TurnProgress['agents'][number] => ({
  agent: name,
  state: 'works',
  waitsFor: [],
  activity: null,
  tokens: null,
  startedAt: 0,
  durationMs: null,
  usage: null,
  failure: null,
});
const running: TurnProgress = {
  ...emptyProgress,
  round: 2,
  reason: 'web did not say where',
  agents: ['api', 'web', 'worker', 'docs'].map(agent),
};

describe('the line above them', () => {
  it('says what is going on', () => {
    expect(headLine(emptyProgress)).toBe('deciding whom to ask …');
    expect(headLine({ ...emptyProgress, queued: { position: 2, reason: 'another question runs' } })).toBe(
      'queued, number 2 · another question runs',
    );
    expect(headLine(running)).toBe('round 2 · web did not say where');
    expect(headLine({ ...running, round: 1 })).toBe('asking api, web, worker, docs …');
  });
});

it('names how an agent ended that did not say why', () => {
  expect(failureText({ state: 'timed-out', failure: null })).toBe('timed out');
  expect(failureText({ state: 'skipped', failure: null })).toBe('not asked');
  expect(oneLine(' a\t\nb ')).toBe('a b');
});
