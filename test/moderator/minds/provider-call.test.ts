import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProviderEvent, Turn } from '../../../src/agents/provider.ts';
import { command } from '../../../src/agents/providers/command.ts';
import { complete, emptyDirectory } from '../../../src/moderator/minds/provider-call.ts';
import { createTestRun, newDirectory, script } from '../../support/moderated.ts';
import { newAskId } from '../../support/processes.ts';

function turnOf(argv: readonly string[]): Turn {
  return {
    prompt: 'the prompt',
    access: 'none',
    directory: newDirectory(),
    resume: null,
    session: 's',
    model: null,
    args: [],
    command: argv,
    attachments: [],
    budgetUsd: null,
    schema: null,
    agent: 'tutti',
    conversation: 'c',
    turnId: 't',
    askId: newAskId(),
  };
}

function completeWith(events: readonly ProviderEvent[], cumulativeUsage = false) {
  const provider = { ...command, capabilities: { ...command.capabilities, cumulativeUsage } };
  async function* run() {
    yield* events;
  }
  return complete(provider, turnOf([]), run, {
    signal: new AbortController().signal,
    variables: {},
    started: () => undefined,
  });
}

test('the last answer counts, else the text that was said', async () => {
  const said: ProviderEvent[] = [
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
  ];
  expect(await completeWith(said)).toEqual({ type: 'text', text: 'ab', usage: null });
  expect(
    await completeWith([...said, { type: 'answer', text: 'first' }, { type: 'answer', text: 'last' }]),
  ).toMatchObject({ text: 'last' });
});

test('a failure is handed on with what was used until then', async () => {
  const events: ProviderEvent[] = [
    { type: 'usage', inputTokens: 5, outputTokens: 1 },
    { type: 'failure', reason: 'not-signed-in', message: 'run login' },
  ];
  expect(await completeWith(events)).toEqual({
    type: 'failure',
    reason: 'not-signed-in',
    message: 'run login',
    usage: { inputTokens: 5, outputTokens: 1, cachedTokens: 0, costUsd: null },
  });
});

test('usage is summed, or the last one taken where a provider sums itself', async () => {
  const events: ProviderEvent[] = [
    { type: 'usage', inputTokens: 5, outputTokens: 1 },
    { type: 'usage', inputTokens: 9, outputTokens: 2 },
  ];
  expect((await completeWith(events)).usage?.inputTokens).toBe(14);
  expect((await completeWith(events, true)).usage?.inputTokens).toBe(9);
});

test('what is thrown is a failure as well', async () => {
  const run = () => {
    throw new Error('no room');
  };
  const given = { signal: new AbortController().signal, variables: {}, started: () => undefined };
  expect(await complete(command, turnOf([]), run, given)).toEqual({
    type: 'failure',
    reason: 'crashed',
    message: 'no room',
    usage: null,
  });
});

test('a real program is run to its end, and its process told before', async () => {
  const argv = script(newDirectory(), 'mind', `console.log(input.toUpperCase());`);
  const started: (number | null)[] = [];
  const done = await complete(command, turnOf(argv), createTestRun(), {
    signal: new AbortController().signal,
    variables: {},
    started: (process) => started.push(process?.pid ?? null),
  });
  expect(done).toEqual({ type: 'text', text: 'THE PROMPT', usage: null });
  // First the call alone: whoever kills us while the process begins leaves one whose id is known.
  expect(started).toEqual([null, expect.any(Number)]);
});

test('the directory is made for its owner alone, and emptied of what an earlier call left', async () => {
  const directory = join(newDirectory(), 'deep/mind');
  await emptyDirectory(directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  mkdirSync(join(directory, '.claude'));
  writeFileSync(join(directory, '.claude/settings.json'), '{}');
  writeFileSync(join(directory, 'CLAUDE.md'), 'x');
  await emptyDirectory(directory);
  expect(readdirSync(directory)).toEqual([]);
  expect(existsSync(directory)).toBe(true);
});
