import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { AgentProvider } from '../../../src/agents/provider.ts';
import { command } from '../../../src/agents/providers/command.ts';
import { search } from '../../../src/agents/providers/search.ts';
import { chooseMind, type MindChoice, type MindTools } from '../../../src/moderator/minds/choose.ts';
import { newMindCall } from '../../support/mind-call.ts';
import { createTestRun, newDirectory, newQuestion, script } from '../../support/moderated.ts';

const answer = `console.log('{"next":"answer","markdown":"So."}');`;

/** A CLI named `pretend` that answers with its sign-in. */
function pretend(home: string): AgentProvider {
  const argv = script(home, 'pretend', answer);
  return { ...command, name: 'pretend', ask: (turn, run) => command.ask({ ...turn, command: argv }, run) };
}

function toolsOf(changes: Partial<MindTools> = {}): MindTools {
  const home = newDirectory();
  return {
    providers: [pretend(home), command, search],
    run: createTestRun(),
    directory: join(home, 'empty'),
    automatic: () => Promise.reject(new Error('Nobody asked for that.')),
    ...changes,
  };
}

function choice(model: string, argv: readonly string[] | null = null): MindChoice {
  return { model, command: argv, tracing: false };
}

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['search', null, true],
  ['pretend', null, false],
  ['command', script(newDirectory(), 'mind', answer), false],
  ['openai:gpt-5.2', null, false],
])('%s is taken by its name', async (model, argv, extractive) => {
  vi.stubEnv('OPENAI_API_KEY', 'key-of-the-test');
  expect(await chooseMind(choice(model, argv), toolsOf())).toMatchObject({ name: model, extractive });
});

test('a provider and a command decide', async () => {
  const question = newQuestion(['api', 'web']);
  for (const made of [choice('pretend'), choice('command', script(newDirectory(), 'mind', answer))]) {
    const mind = await chooseMind(made, toolsOf());
    expect((await mind.decide(question, [], newMindCall())).decision).toMatchObject({
      next: 'answer',
      markdown: 'So.',
    });
  }
});

test('auto is what this machine has, and stays what it was', async () => {
  const asked: string[] = [];
  const automatic = async () => {
    asked.push('asked');
    return 'pretend';
  };
  const mind = await chooseMind(choice('auto'), toolsOf({ automatic }));
  expect(mind.name).toBe('pretend');
  await mind.decide(newQuestion(['api']), [], newMindCall());
  expect(asked).toEqual(['asked']);
  expect((await chooseMind(choice('auto'), toolsOf({ automatic: async () => 'search' }))).extractive).toBe(true);
});

test('a name that is none says what there is', async () => {
  await expect(chooseMind(choice('nobody'), toolsOf())).rejects.toMatchObject({
    code: 'unknown-model',
    message: 'moderator.model "nobody" is not known.',
    hint: expect.stringMatching(/auto, search, command, pretend/),
    exit: 2,
  });
});

test('a provider that cannot be a mind is not taken for one', async () => {
  const provider = { ...command, name: 'mute', capabilities: { ...command.capabilities, mind: false } };
  await expect(chooseMind(choice('mute'), toolsOf({ providers: [provider] }))).rejects.toMatchObject({
    code: 'unknown-model',
  });
});

test('a command mind needs its program', async () => {
  await expect(chooseMind(choice('command'), toolsOf())).rejects.toMatchObject({ exit: 2, code: 'bad-config' });
});
