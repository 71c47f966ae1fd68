import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { createNamedMind } from '../../../src/moderator/minds/named.ts';
import { type LoopbackModel, startLoopbackModel } from '../../support/loopback-model.ts';
import { newMindCall } from '../../support/mind-call.ts';
import { newQuestion } from '../../support/moderated.ts';

const question = newQuestion(['api', 'web']);
const answer = '{"next":"answer","markdown":"After 30 s."}';
const stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  for (const name of ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY']) vi.stubEnv(name, 'key-of-the-test');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const stop of stops.splice(0)) await stop();
});

async function endpoint(...args: Parameters<typeof startLoopbackModel>): Promise<LoopbackModel> {
  const model = await startLoopbackModel(...args);
  stops.push(model.stop);
  vi.stubEnv('ANTHROPIC_BASE_URL', model.url);
  vi.stubEnv('OPENAI_BASE_URL', `${model.url}/v1`);
  return model;
}

/** Ollama's wire: JSON lines. */
async function ollama(lines: readonly object[]): Promise<string[]> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  vi.stubEnv('OLLAMA_BASE_URL', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return bodies;
}

test.each(['anthropic:claude-sonnet-4-5', 'openai:gpt-5.2'])('%s decides over its own API', async (model) => {
  const loopback = await endpoint(() => ({ type: 'text', text: answer }));
  const shown: string[] = [];
  const mind = await createNamedMind({ model, tracing: false });
  const call = newMindCall({ onText: (text) => shown.push(text) });
  const { decision, usage } = await mind.decide(question, [], call);
  expect(mind.name).toBe(model);
  expect(decision).toMatchObject({ next: 'answer', markdown: 'After 30 s.' });
  expect(usage?.outputTokens).toBeGreaterThan(0);
  expect(shown.join('')).toBe('After 30 s.');
  expect(loopback.requests).toMatchObject([
    { model: model.split(':')[1], tools: [], stream: true, key: 'key-of-the-test' },
  ]);
  expect(loopback.requests[0]?.said.at(-1)?.text).toContain('How are tokens refreshed?');
});

test('ollama decides over its own API', async () => {
  const line = (content: string, done: boolean) => ({
    model: 'llama3.2',
    created_at: '2026-01-01T00:00:00Z',
    message: { role: 'assistant', content },
    done,
    ...(done ? { prompt_eval_count: 90, eval_count: 12 } : {}),
  });
  const bodies = await ollama([line(answer.slice(0, 20), false), line(answer.slice(20), false), line('', true)]);
  const mind = await createNamedMind({ model: 'ollama:llama3.2', tracing: false });
  const { decision, usage } = await mind.decide(question, [], newMindCall());
  expect(decision).toMatchObject({ next: 'answer', markdown: 'After 30 s.' });
  expect(usage).toMatchObject({ inputTokens: 90, outputTokens: 12, costUsd: null });
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toContain('"model":"llama3.2"');
});

test.each(['anthropic:claude-sonnet-4-5', 'openai:gpt-5.2'])(
  'a key that %s refuses says what to check',
  async (model) => {
    await endpoint(() => ({ type: 'error', error: 'key' }));
    const mind = await createNamedMind({ model, tracing: false });
    const { decision } = await mind.decide(question, [], newMindCall());
    expect(decision).toMatchObject({
      next: 'failed',
      reason: 'not-signed-in',
      message: `${model}: the key was refused (401); check its variable in the environment`,
    });
  },
);

test('an endpoint where nobody answers is named as such', async () => {
  const gone = await startLoopbackModel();
  await gone.stop();
  vi.stubEnv('OLLAMA_BASE_URL', gone.url);
  const mind = await createNamedMind({ model: 'ollama:llama3.2', tracing: false });
  const { decision } = await mind.decide(question, [], newMindCall());
  expect(decision).toMatchObject({ next: 'failed', message: expect.stringMatching(/nothing answers at its address/) });
}, 60_000);

test('a model that hangs is left when the call ends', async () => {
  const stop = new AbortController();
  const loopback = await endpoint(() => ({ type: 'hang' }));
  const mind = await createNamedMind({ model: 'anthropic:claude-sonnet-4-5', tracing: false });
  const deciding = mind.decide(question, [], newMindCall({ signal: stop.signal }));
  await loopback.seen(() => true);
  stop.abort();
  expect((await deciding).decision).toMatchObject({ next: 'failed' });
});

test('a package that is missing is named with the command that installs it', async () => {
  const failure = createNamedMind({ model: 'mistralai:mistral-large', tracing: false });
  await expect(failure).rejects.toBeInstanceOf(UserError);
  await expect(failure).rejects.toMatchObject({
    code: 'package-missing',
    message: "The moderator's model mistralai:mistral-large needs the package @langchain/mistralai.",
    hint: 'Run `npm install @langchain/mistralai` where Tutti is installed.',
    exit: 2,
  });
});

test('a vendor that LangChain does not know, and a key that is not there, say what to do', async () => {
  await expect(createNamedMind({ model: 'nobody:x', tracing: false })).rejects.toMatchObject({
    code: 'model-unusable',
  });
  vi.stubEnv('ANTHROPIC_API_KEY', '');
  await expect(createNamedMind({ model: 'anthropic:claude-sonnet-4-5', tracing: false })).rejects.toMatchObject({
    code: 'model-unusable',
    hint: expect.stringMatching(/the key that this model needs/),
  });
});
