import { expect, test } from 'vitest';
import { type AttemptOptions, attempt } from '../../src/agents/attempt.ts';
import type { ProviderEvent } from '../../src/agents/provider.ts';
import { createRunner } from '../../src/agents/run.ts';
import { testTurn } from '../contracts/provider.ts';
import { type FakeOptions, fakeCli } from '../support/fake-cli.ts';
import { leftOf, table } from '../support/processes.ts';

const runner = createRunner(table, { graceMs: 300, quietMs: 100 });
const search = async () => ({ hits: [], confidence: 0, nearest: [], files: 0 });

function print(...events: readonly ProviderEvent[]): string {
  return events.map((event) => `echo '${JSON.stringify(event)}'`).join('; ');
}

async function run(script: string, options: Partial<AttemptOptions> = {}, cli: FakeOptions = {}) {
  const { provider, environment } = fakeCli(script, cli);
  const turn = testTurn();
  const events: ProviderEvent[] = [];
  const done = await attempt(
    provider,
    turn,
    {
      environment: { ...environment, TUTTI_ASK: turn.askId },
      signal: new AbortController().signal,
      timeoutMs: 20_000,
      silenceMs: 20_000,
      budget: { usd: null, tokens: null },
      sums: null,
      started: () => {},
      onEvent: (event) => events.push(event),
      ...options,
    },
    { runner, search },
  );
  return { ...done, events, left: await leftOf(turn.askId) };
}

const answer = { type: 'answer', text: 'ok' } as const;
const tool = { type: 'tool', id: 't', phase: 'start', name: 'Bash' } as const;

test('What was said on stderr comes with the outcome', async () => {
  const done = await run(`echo careful >&2; ${print(answer)}`);
  expect([done.failure, done.text.head, done.stderr]).toEqual([null, 'ok', 'careful\n']);
});

test('An answer without a word is a failure', async () => {
  expect((await run(print({ type: 'answer', text: ' \n' }))).failure?.message).toBe('It ended without an answer');
});

test('An open tool call may be silent for longer than the silence; a closed one may not', async () => {
  const open = await run(`${print(tool)}; sleep 1; ${print({ ...tool, phase: 'end' }, answer)}`, { silenceMs: 300 });
  expect(open.failure).toBeNull();
  const closed = await run(`${print(tool, { ...tool, phase: 'end' })}; sleep 1000`, { silenceMs: 300 });
  expect(closed.failure?.reason).toBe('silent');
  expect(closed.left).toEqual([]);
});

test('The budget looks at what this run used, not at what its session had used before', async () => {
  const sums = { inputTokens: 9000, outputTokens: 900, cachedTokens: 0, costUsd: null };
  const usage = { type: 'usage', inputTokens: 9500, outputTokens: 950 } as const;
  const budget = { usd: null, tokens: 1000 };
  const cumulative = { capabilities: { cumulativeUsage: true } };
  // A fresh session counts from nothing, so the same sums are all its own.
  const fresh = await run(`${print(usage)}; sleep 1000`, { budget, sums: null }, cumulative);
  expect(fresh.failure?.reason).toBe('budget');
  const gone = await run(print(usage, answer), { budget, sums }, cumulative);
  expect(gone.failure).toBeNull();
  expect(gone.used).toMatchObject({ inputTokens: 500, outputTokens: 50 });
});

test('What a listener throws is a failure of the run, and ends the process', async () => {
  const done = await run(`${print({ type: 'text', text: 'x' })}; sleep 1000`, {
    onEvent: () => {
      throw new Error('the screen is gone');
    },
  });
  expect(done.failure?.message).toBe('the screen is gone');
  expect(done.left).toEqual([]);
});
