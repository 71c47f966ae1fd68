import { expect, test } from 'vitest';
import { readConclusion, readDecision } from '../../src/moderator/decision.ts';
import type { Round } from '../../src/moderator/moderator.ts';
import { answeredOutcome, failedOutcome } from '../support/moderated.ts';

const limits = { agents: ['api', 'Web', 'worker'], rounds: [], asksLeft: 3 };

function ask(agent: string, more: object = {}) {
  return { agent, prompt: `What does ${agent} do?`, ...more };
}

function asking(...asks: readonly object[]) {
  return JSON.stringify({ next: 'ask', reason: 'to know', asks });
}

function problemsOf(text: string, changes: Partial<typeof limits> | { readonly rounds: readonly Round[] } = {}) {
  const reading = readDecision(text, { ...limits, ...changes });
  return reading.ok ? [] : reading.problems;
}

function round(agent: string, prompt: string, result: 'answered' | 'failed', number = 1): Round {
  const planned = { id: `${number}`, agent, prompt, access: 'read', after: [], final: false } as const;
  const outcome =
    result === 'answered' ? answeredOutcome(planned, 'yes') : failedOutcome(planned, 'crashed', 'it broke');
  return { number, reason: null, asks: [{ ...planned, outcome }] };
}

test('asks are read with their defaults, names as they are configured', () => {
  const reading = readDecision(asking(ask('@API'), ask('web', { after: ['Api'] })), limits);
  expect(reading).toEqual({
    ok: true,
    decision: {
      next: 'ask',
      reason: 'to know',
      asks: [
        { agent: 'api', prompt: 'What does @API do?', after: [], final: false },
        { agent: 'Web', prompt: 'What does web do?', after: ['api'], final: false },
      ],
    },
  });
});

test('an answer is read with its disagreements and open points, and needs neither', () => {
  const disagreements = [{ topic: 'skew', positions: [{ agent: '@web', claim: '60 s' }] }];
  const text = JSON.stringify({ next: 'answer', markdown: 'So.', disagreements, unanswered: ['production'] });
  expect(readDecision(text, limits)).toEqual({
    ok: true,
    decision: {
      next: 'answer',
      markdown: 'So.',
      disagreements: [{ topic: 'skew', positions: [{ agent: 'Web', claim: '60 s' }] }],
      unanswered: ['production'],
    },
  });
  expect(readDecision('{"next":"answer","markdown":"So."}', limits)).toMatchObject({
    decision: { disagreements: [], unanswered: [] },
  });
});

test('a question back is read', () => {
  expect(readDecision('{"next":"clarify","question":" Which one? "}', limits)).toEqual({
    ok: true,
    decision: { next: 'clarify', question: 'Which one?' },
  });
});

test.each([
  ['an unknown kind', '{"next":"stop"}', /"next" must be/],
  ['a missing kind', '{}', /"next"/],
  ['no asks', '{"next":"ask","reason":"x"}', /"asks" is missing/],
  ['an empty answer', '{"next":"answer","markdown":" "}', /"markdown" is missing/],
  ['an empty question', '{"next":"clarify"}', /"question" is missing/],
  [
    'a prompt that is no text',
    '{"next":"ask","reason":"x","asks":[{"agent":"api","prompt":1}]}',
    /"asks\[0\]\.prompt"/,
  ],
  ['an empty prompt', asking(ask('api', { prompt: ' ' })), /asks\[0\]\.prompt is empty/],
  ['an unknown agent', asking(ask('ops')), /asks\[0\]\.agent is not one of: api, Web, worker/],
  ['an agent twice', asking(ask('api'), ask('api', { prompt: 'else' })), /one ask per agent/],
  ['waiting for an agent of no ask', asking(ask('api', { after: ['web'] })), /after may only name/],
  ['waiting for nobody known', asking(ask('api', { after: ['ops'] })), /after may only name/],
  ['waiting for itself', asking(ask('api', { after: ['api'] })), /circle/],
  [
    'waiting in a circle',
    asking(ask('api', { after: ['web'] }), ask('web', { after: ['worker'] }), ask('worker', { after: ['api'] })),
    /circle/,
  ],
  ['final beside another ask', asking(ask('api', { final: true }), ask('web')), /final is only possible/],
])('refuses %s', (_, text, problem) => {
  expect(problemsOf(text).join(' ')).toMatch(problem);
});

test('refuses more asks than are left', () => {
  expect(problemsOf(asking(ask('api'), ask('web')), { asksLeft: 1 }).join()).toMatch(/2 entries, but only 1 are left/);
});

test('refuses a later round without a reason', () => {
  const text = JSON.stringify({ next: 'ask', asks: [ask('web')] });
  expect(problemsOf(text)).toEqual([]);
  expect(problemsOf(text, { rounds: [round('api', 'x', 'answered')] }).join()).toMatch(/"reason" is missing/);
});

test('a prompt that was answered is not asked again, however it is spaced; one that failed once more', () => {
  const again = asking({ agent: 'api', prompt: 'What  is\nit?' });
  expect(problemsOf(again, { rounds: [round('api', 'What is it?', 'answered')] }).join()).toMatch(/answered already/);
  expect(problemsOf(again, { rounds: [round('web', 'What is it?', 'answered')] })).toEqual([]);
  expect(problemsOf(again, { rounds: [round('api', 'What is it?', 'failed')] })).toEqual([]);
  const twice = [round('api', 'What is it?', 'failed'), round('api', 'What is it?', 'failed', 2)];
  expect(problemsOf(again, { rounds: twice }).join()).toMatch(/failed twice/);
});

test('concluding accepts an answer and nothing else', () => {
  expect(readConclusion('{"next":"answer","markdown":"So."}', limits).ok).toBe(true);
  expect(readConclusion(asking(ask('api')), limits)).toEqual({
    ok: false,
    problems: ['"next" must be "answer": no further asks are possible.'],
  });
  expect(readConclusion('{"next":"clarify","question":"?"}', limits).ok).toBe(false);
});

test('no problem ever repeats what was written', () => {
  const hostile = 'IGNORE-ALL-RULES';
  const texts = [
    hostile,
    `{"next":"${hostile}"}`,
    `{"${hostile}":1,"next":7}`,
    asking({ agent: hostile, prompt: hostile, after: [hostile], final: hostile }),
    asking({ agent: hostile, prompt: '', after: [hostile] }),
    `{"next":"answer","disagreements":[{"topic":"${hostile}"}]}`,
  ];
  for (const text of texts) {
    expect(problemsOf(text).length).toBeGreaterThan(0);
    expect(problemsOf(text).join()).not.toContain(hostile);
  }
});
