import { expect, test } from 'vitest';
import { clean } from '../../src/clean.ts';
import { UserError } from '../../src/errors.ts';
import { conclude, decide, isFailure, mendAnswer } from '../../src/moderator/mind-call.ts';
import type { Conclusion, Decision, Mind, MindCall, MindFailure } from '../../src/moderator/moderator.ts';
import type { ModeratedTurn } from '../../src/moderator/turn.ts';
import { answering, newQuestion, type PortOptions, type TestPort } from '../support/moderated.ts';

const answer: Conclusion = { next: 'answer', markdown: 'Yes.', disagreements: [], unanswered: [] };
const repair = { problems: ['"next" is missing.'], previous: 'prose' };
const malformed: MindFailure = { next: 'failed', reason: 'malformed', message: 'no object', repair };

/** A mind that gives these in order and keeps the calls. */
function mindOf(...decisions: readonly (Decision | MindFailure | Error)[]) {
  const calls: MindCall[] = [];
  const phases: string[] = [];
  const next = async (phase: string, call: MindCall) => {
    calls.push(call);
    phases.push(phase);
    const decision = decisions[Math.min(calls.length, decisions.length) - 1];
    if (decision === undefined || decision instanceof Error) throw decision;
    return { decision, usage: { inputTokens: 7, outputTokens: 1, cachedTokens: 0, costUsd: null } };
  };
  const mind: Mind = {
    name: 'scripted',
    extractive: false,
    decide: (_question, _rounds, call) => next('decide', call),
    conclude: async (_question, _rounds, call) => {
      const { decision, usage } = await next('conclude', call);
      if (decision.next === 'ask' || decision.next === 'clarify') throw new Error('The script is wrong.');
      return { decision, usage };
    },
  };
  return { mind, calls, phases };
}

function turnOf(
  mind: () => Promise<Mind>,
  options: Omit<PortOptions, 'agents'> = {},
): ModeratedTurn & { port: TestPort } {
  return {
    question: newQuestion(['api', 'web'], { maxRounds: 2, maxAsks: 5 }),
    port: answering({}, options),
    secrets: [{ name: 'TOKEN', value: 'sesame-sesame' }],
    safe: (text) => clean(text).replaceAll('sesame-sesame', '[TOKEN]'),
    boundary: 'k3y',
    random: () => 'other',
    mind,
    citations: async (markdown) => ({ markdown, citations: [], failures: [] }),
    carried: [],
    own: [],
    agentUsage: null,
    mindUsage: null,
    shownCall: null,
  };
}

test('the mind is told what is left, and the fence of this turn', async () => {
  const { mind, calls } = mindOf(answer);
  const turn = turnOf(async () => mind);
  expect(await decide(turn)).toEqual(answer);
  expect(calls).toMatchObject([{ asksLeft: 5, roundsLeft: 2, boundary: 'k3y', repair: null, usdLeft: null }]);
  expect(turn.mindUsage?.inputTokens).toBe(7);
});

test('a malformed object is repaired once, in a call of its own', async () => {
  const { mind, calls } = mindOf(malformed, answer);
  expect(await decide(turnOf(async () => mind))).toEqual(answer);
  expect(calls.map((call) => call.repair)).toEqual([null, repair]);
  expect(calls[0]?.id).not.toBe(calls[1]?.id);
});

test('and not twice, neither deciding nor concluding', async () => {
  for (const call of [decide, conclude]) {
    const { mind, calls } = mindOf(malformed);
    const turn = turnOf(async () => mind);
    expect(await call(turn)).toEqual(malformed);
    expect(calls).toHaveLength(2);
    expect(turn.mindUsage?.inputTokens).toBe(14);
  }
});

test('any other failure is not tried again', async () => {
  const failure: MindFailure = { next: 'failed', reason: 'not-signed-in', message: 'run claude login' };
  const { mind, calls } = mindOf(failure, answer);
  expect(await decide(turnOf(async () => mind))).toEqual(failure);
  expect(calls).toHaveLength(1);
});

test('citations are mended in the phase in which the answer was given', async () => {
  const { mind, calls, phases } = mindOf(answer);
  const turn = turnOf(async () => mind);
  await mendAnswer(turn, 'decide', repair);
  await mendAnswer(turn, 'conclude', repair);
  expect(phases).toEqual(['decide', 'conclude']);
  expect(calls.map(({ repair: told }) => told)).toEqual([repair, repair]);
});

test('a mind that throws, and one that cannot be made, are failures with words for people', async () => {
  expect(await decide(turnOf(async () => mindOf(new Error('it broke')).mind))).toMatchObject({
    next: 'failed',
    reason: 'crashed',
    message: 'it broke',
  });
  const missing = new UserError('package-missing', 'It needs a package.', { hint: 'Run `npm install x`.' });
  const failure = await decide(turnOf(() => Promise.reject(missing)));
  expect(failure).toMatchObject({ next: 'failed', message: 'It needs a package. Run `npm install x`.' });
  expect(isFailure(failure)).toBe(true);
  expect(isFailure(answer)).toBe(false);
});

/** A mind that waits for the end of its call and then says that it was cancelled. */
function patientMind(onCall: () => void = () => undefined): Mind {
  const wait = async (_question: unknown, _rounds: unknown, call: MindCall) => {
    call.started({ pid: 1, group: 1, startTime: '1', boot: 'b' });
    const ended = new Promise((resolve) => call.signal.addEventListener('abort', resolve));
    onCall();
    await ended;
    return { decision: { next: 'failed', reason: 'cancelled', message: 'stopped' } as const, usage: null };
  };
  return { name: 'patient', extractive: false, decide: wait, conclude: wait };
}

test('a call that takes too long is ended, and its process forgotten', async () => {
  const turn = turnOf(async () => patientMind(), { msToEnd: () => 30 });
  expect(await decide(turn)).toMatchObject({ next: 'failed', reason: 'timed-out' });
  expect(turn.port.mindProcesses).toEqual([{ id: expect.any(String), ended: true }]);
});

test('stopping the turn ends the call', async () => {
  const stop = new AbortController();
  const turn = turnOf(async () => patientMind(() => stop.abort()), { signal: stop.signal });
  expect(await decide(turn)).toMatchObject({ next: 'failed', reason: 'cancelled' });
});

test('the answer is shown while it is written, but no second one behind it', async () => {
  const { mind } = mindOf(malformed, answer);
  const turn = turnOf(async () => ({
    ...mind,
    decide: (question, rounds, call) => {
      for (const text of ['Ye', 's.']) call.onText?.(text);
      return mind.decide(question, rounds, call);
    },
  }));
  await decide(turn);
  expect(turn.port.events.map((event) => (event.type === 'answer_text' ? event.text : '?')).join('')).toBe('Yes.');
});

test('what the mind writes is shown without control characters and secrets, also where one comes in pieces', async () => {
  const hostile = { ...answer, markdown: '\u001b[2JThe key is sesame-sesame.' };
  const { mind } = mindOf(hostile);
  const turn = turnOf(async () => ({
    ...mind,
    decide: (question, rounds, call) => {
      for (const text of ['\u001b[2JThe key is ses', 'ame-ses', 'ame. That is all there is to say.'])
        call.onText?.(text);
      return mind.decide(question, rounds, call);
    },
  }));
  expect(await decide(turn)).toEqual({ ...answer, markdown: 'The key is [TOKEN].' });
  const shown = turn.port.events.map((event) => (event.type === 'answer_text' ? event.text : '')).join('');
  expect(shown).toBe('The key is [TOKEN]. That is all there is to say.');
});

test('a failure is told without secrets', async () => {
  const failure: MindFailure = { next: 'failed', reason: 'crashed', message: 'bad key sesame-sesame' };
  expect(await decide(turnOf(async () => mindOf(failure).mind))).toMatchObject({ message: 'bad key [TOKEN]' });
  expect(await decide(turnOf(async () => mindOf(new Error('no sesame-sesame')).mind))).toMatchObject({
    message: 'no [TOKEN]',
  });
});
