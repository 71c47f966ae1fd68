import { expect, test } from 'vitest';
import { attempt } from '../../../src/agents/attempt.ts';
import type { ProviderEvent } from '../../../src/agents/provider.ts';
import { command } from '../../../src/agents/providers/command.ts';
import { createRunner } from '../../../src/agents/run.ts';
import { testTurn } from '../../contracts/provider.ts';
import { table } from '../../support/processes.ts';
import { testEnvironment } from '../../support/project-agents.ts';

async function run(argv: readonly string[] | null, args: readonly string[] = [], prompt = 'hello') {
  const events: ProviderEvent[] = [];
  const done = await attempt(
    command,
    testTurn({ command: argv, args, prompt }),
    {
      environment: testEnvironment,
      signal: new AbortController().signal,
      timeoutMs: 20_000,
      silenceMs: null,
      budget: { usd: null, tokens: null },
      sums: null,
      started: () => {},
      onEvent: (event) => events.push(event),
    },
    {
      runner: createRunner(table, { quietMs: 100 }),
      search: async () => ({ hits: [], confidence: 0, nearest: [], files: 0 }),
    },
  );
  return { ...done, events };
}

test('The prompt is its input, and all that it prints is the answer, blank lines within too', async () => {
  const done = await run(['/bin/sh', '-c', 'echo; cat; echo; echo; echo " - end"; echo'], [], 'first\n\nsecond');
  expect(done.text.head).toBe('first\n\nsecond\n\n - end');
  expect(done.failure).toBeNull();
});

test('Its words are arguments and never a shell, and its own arguments follow them', async () => {
  const done = await run(['/usr/bin/printf', '%s|'], ['$(id)', '; echo x', '--flag']);
  expect(done.text.head).toBe('$(id)|; echo x|--flag|');
});

test('What it prints is shown as it comes', async () => {
  const { events } = await run(['/bin/sh', '-c', 'echo one; sleep 0.1; echo two']);
  expect(events.map((event) => event.type)).toEqual(['session', 'text', 'text', 'answer']);
});

test('It keeps sessions under the id that it is given', async () => {
  const { events } = await run(['/bin/echo', 'x']);
  expect(events[0]).toEqual({ type: 'session', id: testTurn().session });
});

test('A failing end is a failure, and what was printed before is kept', async () => {
  const done = await run(['/bin/sh', '-c', 'echo half; echo why >&2; exit 2']);
  expect(done.failure?.message).toBe('It ended with exit code 2: why');
  expect(done.text.head).toBe('half\n');
});

test('Of one endless line the beginning and the end are the answer', async () => {
  const script = `printf begin; head -c 20000000 /dev/zero | tr '\\0' x; printf end`;
  const done = await run(['/bin/sh', '-c', script]);
  expect(done.failure).toBeNull();
  expect(done.text.head.startsWith('beginxxx')).toBe(true);
  expect(`${done.text.head}${done.text.tail}`.endsWith('xxxend')).toBe(true);
});

test('Without a command there is nothing to run', async () => {
  expect((await run(null)).failure?.reason).toBe('not-installed');
  expect((await run([])).failure?.reason).toBe('not-installed');
});

test('Its status promises nothing, and its read-only is a word and not a lock', async () => {
  expect(await command.status(testEnvironment)).toMatchObject({ installed: true, signedIn: 'unknown' });
  expect(command.capabilities.readOnly).toBe('advisory');
});
