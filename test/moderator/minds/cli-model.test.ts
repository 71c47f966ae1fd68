import { join } from 'node:path';
import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { expect, test } from 'vitest';
import type { AgentProvider, Turn } from '../../../src/agents/provider.ts';
import { command } from '../../../src/agents/providers/command.ts';
import { createChatMind } from '../../../src/moderator/minds/chat.ts';
import { createCliModel } from '../../../src/moderator/minds/cli-model.ts';
import type { CompletionRequest } from '../../../src/moderator/minds/prompted.ts';
import type { MindCall } from '../../../src/moderator/moderator.ts';
import { newMindCall } from '../../support/mind-call.ts';
import { createTestRun, newDirectory, newQuestion, script } from '../../support/moderated.ts';

const call = newMindCall({ usdLeft: 0.25 });
const request: CompletionRequest = {
  phase: 'decide',
  round: 0,
  prompt: '',
  schema: { type: 'object' },
  question: newQuestion(['api']),
  call,
};

/** A CLI as its provider describes it: here a program that prints what `body` says; the turns it was given are kept. */
function cli(body: string) {
  const home = newDirectory();
  const argv = script(home, 'cli', body);
  const turns: Turn[] = [];
  const provider: AgentProvider = {
    ...command,
    name: 'pretend',
    async *ask(turn, run) {
      turns.push(turn);
      for await (const event of command.ask({ ...turn, command: argv }, run)) {
        if (event.type === 'answer')
          yield { type: 'usage', inputTokens: 11, outputTokens: 2, cachedTokens: 4, costUsd: 0.01 };
        yield event;
      }
    },
  };
  return { options: { provider, run: createTestRun(), directory: join(home, 'empty') }, turns };
}

test('a CLI answers as a chat model, without tools, in an empty directory, in a session of its own', async () => {
  const { options, turns } = cli(`console.log('I got: ' + input);`);
  const model = await createCliModel(options, request);
  const message = await model.invoke([new SystemMessage('Be short.'), new HumanMessage('Hello.')]);
  expect(message).toBeInstanceOf(AIMessage);
  expect(message.text).toBe('I got: Be short.\n\nHello.');
  expect(message.usage_metadata).toMatchObject({ input_tokens: 11, output_tokens: 2, total_tokens: 13 });
  expect(turns).toMatchObject([
    {
      access: 'none',
      directory: options.directory,
      resume: null,
      agent: 'tutti',
      askId: call.id,
      budgetUsd: 0.25,
      schema: { type: 'object' },
    },
  ]);
  await model.invoke('again');
  expect(turns[1]?.session).not.toBe(turns[0]?.session);
});

test('it is a mind like any other, and what it cost is known', async () => {
  const { options } = cli(`console.log('{"next":"clarify","question":"Which?"}');`);
  const mind = createChatMind({
    name: 'pretend',
    model: (given) => createCliModel(options, given),
    windowTokens: null,
    tracing: false,
  });
  expect(await mind.decide(newQuestion(['api']), [], call)).toEqual({
    decision: { next: 'clarify', question: 'Which?' },
    usage: { inputTokens: 11, outputTokens: 2, cachedTokens: 4, costUsd: 0.01 },
  });
});

test('a failure keeps the reason of the provider and what it took, and is not tried again', async () => {
  const { options, turns } = cli('');
  const provider: AgentProvider = {
    ...options.provider,
    async *ask(turn) {
      turns.push(turn);
      yield { type: 'usage', inputTokens: 5, outputTokens: 0 };
      yield { type: 'failure', reason: 'not-signed-in', message: 'Run `pretend login`.' };
    },
  };
  const mind = createChatMind({
    name: 'pretend',
    model: (given) => createCliModel({ ...options, provider }, given),
    windowTokens: null,
    tracing: false,
  });
  expect(await mind.decide(newQuestion(['api']), [], call)).toEqual({
    decision: { next: 'failed', reason: 'not-signed-in', message: 'pretend: Run `pretend login`.' },
    usage: { inputTokens: 5, outputTokens: 0, cachedTokens: 0, costUsd: null },
  });
  expect(turns).toHaveLength(1);
});

test('the end of the call ends the process', async () => {
  const stop = new AbortController();
  const { options } = cli(`setInterval(() => {}, 1000);`);
  const pids: number[] = [];
  const started: MindCall['started'] = (process) => {
    if (process === null) return;
    pids.push(process.pid);
    stop.abort();
  };
  const mind = createChatMind({
    name: 'pretend',
    model: (given) => createCliModel(options, given),
    windowTokens: null,
    tracing: false,
  });
  const { decision } = await mind.decide(newQuestion(['api']), [], { ...call, signal: stop.signal, started });
  expect(decision).toMatchObject({ next: 'failed', reason: 'cancelled' });
  expect(pids).toHaveLength(1);
  expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
});
