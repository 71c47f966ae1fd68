import { createServer } from 'node:http';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk, type StandardMessageStructure } from '@langchain/core/messages';
import { FakeListChatModel, FakeStreamingChatModel } from '@langchain/core/utils/testing';
import { fakeModel } from 'langchain';
import { afterEach, expect, test, vi } from 'vitest';
import { createChatMind } from '../../../src/moderator/minds/chat.ts';
import { newMindCall } from '../../support/mind-call.ts';
import { newQuestion } from '../../support/moderated.ts';

const question = newQuestion(['api', 'web']);
const answer = '{"next":"answer","markdown":"After **30 s**."}';

function mindOf(model: BaseChatModel, tracing = false) {
  return createChatMind({ name: 'fake:model', model: async () => model, windowTokens: null, tracing });
}

afterEach(() => vi.unstubAllEnvs());

test('what a chat model says is read as the decision', async () => {
  const mind = mindOf(new FakeListChatModel({ responses: [answer, '{"next":"clarify","question":"Which?"}'] }));
  expect((await mind.decide(question, [], newMindCall())).decision).toMatchObject({ markdown: 'After **30 s**.' });
  expect((await mind.decide(question, [], newMindCall())).decision).toMatchObject({ next: 'clarify' });
});

test('the model is given one whole prompt, and what it used is known', async () => {
  const usage_metadata = {
    input_tokens: 100,
    output_tokens: 9,
    total_tokens: 109,
    input_token_details: { cache_read: 60 },
  };
  const model = fakeModel().respond(new AIMessage<StandardMessageStructure>({ content: answer, usage_metadata }));
  const { usage } = await mindOf(model).decide(question, [], newMindCall());
  expect(usage).toEqual({ inputTokens: 100, outputTokens: 9, cachedTokens: 60, costUsd: null });
  expect(model.calls).toHaveLength(1);
  expect(model.calls[0]?.messages).toHaveLength(1);
  expect(model.calls[0]?.messages[0]?.text).toContain('How are tokens refreshed?');
});

test('the answer is shown while it is written, the rest of the object never', async () => {
  const chunks = ['{"next":"ans', 'wer","markdown":"Aft', 'er 30', ' s."', ',"unanswered":["x"]}'].map(
    (content) => new AIMessageChunk({ content }),
  );
  const shown: string[] = [];
  const mind = mindOf(new FakeStreamingChatModel({ chunks }));
  const { decision } = await mind.decide(question, [], newMindCall({ onText: (text) => shown.push(text) }));
  expect(decision).toMatchObject({ next: 'answer', markdown: 'After 30 s.', unanswered: ['x'] });
  expect(shown).toEqual(['Aft', 'er 30', ' s.']);
});

test('what is no decision comes back for a repair', async () => {
  const { decision } = await mindOf(new FakeListChatModel({ responses: ['Let me ask api.'] })).decide(
    question,
    [],
    newMindCall(),
  );
  expect(decision).toMatchObject({ next: 'failed', reason: 'malformed', repair: { previous: 'Let me ask api.' } });
});

test.each([
  [{ status: 401 }, 'not-signed-in', /^fake:model: the key was refused \(401\)/],
  [{ status: 403 }, 'not-signed-in', /\(403\)/],
  [{ status: 429 }, 'rate-limited', /rate limited/],
  [{ status_code: 404 }, 'crashed', /^fake:model: it went wrong$/],
  [{ cause: { code: 'ECONNREFUSED' } }, 'crashed', /nothing answers at its address \(ECONNREFUSED\)/],
])('an error %j is the failure %s, in one line', async (facts, reason, message) => {
  const model = fakeModel().respond(Object.assign(new Error('it\nwent \u001b[31mwrong'), facts));
  const { decision } = await mindOf(model).decide(question, [], newMindCall());
  expect(decision).toMatchObject({ next: 'failed', reason, message: expect.stringMatching(message) });
});

/** Stands where LangChain would report to, and counts what arrives. */
async function tracingService() {
  const requests: string[] = [];
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    resolve();
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const variables = {
    LANGSMITH_TRACING: 'true',
    LANGSMITH_TRACING_V2: 'true',
    LANGCHAIN_TRACING: 'true',
    LANGCHAIN_TRACING_V2: 'true',
    LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}`,
    LANGCHAIN_ENDPOINT: `http://127.0.0.1:${port}`,
    LANGSMITH_API_KEY: 'lsv2_test',
    LANGCHAIN_API_KEY: 'lsv2_test',
    LANGCHAIN_CALLBACKS_BACKGROUND: 'false',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { requests, arrived, stop };
}

test('nothing is reported to a tracing service, whatever the environment says, unless it was configured', async () => {
  const service = await tracingService();
  try {
    const model = () => new FakeListChatModel({ responses: [answer] });
    const quiet = mindOf(model());
    await quiet.decide(question, [], newMindCall());
    await quiet.conclude(question, [], newMindCall());
    // With tracing it does report, and whatever the calls before had queued would have come first.
    const before = [...service.requests];
    await mindOf(model(), true).decide(question, [], newMindCall());
    await service.arrived;
    expect(before).toEqual([]);
    expect(JSON.stringify(service.requests)).not.toBe('[]');
  } finally {
    await service.stop();
  }
});
