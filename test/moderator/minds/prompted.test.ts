import { expect, test } from 'vitest';
import { type Completion, type CompletionRequest, createPromptedMind } from '../../../src/moderator/minds/prompted.ts';
import { newMindCall } from '../../support/mind-call.ts';
import { answeredOutcome, newQuestion } from '../../support/moderated.ts';

const call = newMindCall();
const question = newQuestion(['api', 'web']);
const usage = { inputTokens: 3, outputTokens: 2, cachedTokens: 0, costUsd: null };

function mindSaying(completion: Completion, windowTokens: number | null = null) {
  const requests: CompletionRequest[] = [];
  const mind = createPromptedMind({
    name: 'parrot',
    windowTokens,
    async complete(request) {
      requests.push(request);
      return completion;
    },
  });
  return { mind, requests };
}

test('a decision is read from what the model says, and what it took is handed on', async () => {
  const text = '{"next":"ask","reason":"r","asks":[{"agent":"api","prompt":"what?"}]}';
  const { mind, requests } = mindSaying({ type: 'text', text, usage });
  const decided = await mind.decide(question, [], call);
  expect(decided).toMatchObject({ decision: { next: 'ask', asks: [{ agent: 'api' }] }, usage });
  expect(requests).toMatchObject([{ phase: 'decide', round: 0, question, call }]);
  expect(requests[0]?.prompt).toContain('How are tokens refreshed?');
  expect(JSON.stringify(requests[0]?.schema)).toContain('"clarify"');
});

test('concluding holds the model to an answer, and counts the finished rounds', async () => {
  const ask = { id: '1', agent: 'api', prompt: '?', access: 'read', after: [], final: false } as const;
  const rounds = [{ number: 1, reason: null, asks: [{ ...ask, outcome: answeredOutcome(ask, 'said') }] }];
  const { mind, requests } = mindSaying({ type: 'text', text: '{"next":"answer","markdown":"So."}', usage });
  expect(await mind.conclude(question, rounds, call)).toMatchObject({ decision: { next: 'answer', markdown: 'So.' } });
  expect(requests).toMatchObject([{ phase: 'conclude', round: 1 }]);
  expect(JSON.stringify(requests[0]?.schema)).not.toContain('"clarify"');
});

test('what cannot be read comes back with what was wrong and what was printed', async () => {
  const { mind } = mindSaying({ type: 'text', text: 'Ask api!', usage });
  expect(await mind.decide(question, [], call)).toEqual({
    decision: {
      next: 'failed',
      reason: 'malformed',
      message: 'parrot: no valid decision. There is no valid JSON object, neither bare nor in a ```json fence.',
      repair: {
        problems: ['There is no valid JSON object, neither bare nor in a ```json fence.'],
        previous: 'Ask api!',
      },
    },
    usage,
  });
});

test('more asks than are left are malformed', async () => {
  const asks = ['api', 'web'].map((agent) => ({ agent, prompt: 'what?' }));
  const { mind } = mindSaying({ type: 'text', text: JSON.stringify({ next: 'ask', reason: 'r', asks }), usage });
  const decided = await mind.decide(question, [], { ...call, asksLeft: 1 });
  expect(decided.decision).toMatchObject({ reason: 'malformed' });
});

test('a failure names the model', async () => {
  const { mind } = mindSaying({ type: 'failure', reason: 'not-signed-in', message: 'run its login', usage: null });
  expect(await mind.decide(question, [], call)).toEqual({
    decision: { next: 'failed', reason: 'not-signed-in', message: 'parrot: run its login' },
    usage: null,
  });
});

test('a small window makes a small prompt', async () => {
  const { mind, requests } = mindSaying({ type: 'text', text: '{}', usage }, 8_000);
  await mind.decide({ ...question, text: 'long '.repeat(20_000) }, [], call);
  expect(requests[0]?.prompt.length).toBeLessThanOrEqual(9_600);
});
