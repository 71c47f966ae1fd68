import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from '../../src/agents/command-line.ts';
import type { CommandLineSpec, ProviderEvent, Turn } from '../../src/agents/provider.ts';
import { createRunner } from '../../src/agents/run.ts';
import { testTurn } from '../contracts/provider.ts';
import { leftOf, newAskId, table } from '../support/processes.ts';
import { temporaryDirectory, testEnvironment } from '../support/project-agents.ts';

/** A CLI whose lines are the events themselves. */
const plainSpec: CommandLineSpec = {
  name: 'fake',
  binary: 'fake',
  capabilities: {
    resume: 'anywhere',
    images: false,
    cost: false,
    readOnly: 'enforced',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [],
  tested: { from: '1.2.0', below: '1.3.0' },
  installHint: 'Install it with `npm install -g fake`',
  invoke: (turn) => ({ args: [turn.access], input: turn.prompt }),
  reader: () => ({ parse: (line) => [JSON.parse(line)] }),
  expectedModes: (access) => [access],
};

const session = { type: 'session', id: 's-1', mode: 'read' } as const;

function prints(...events: readonly ProviderEvent[]): string {
  return events.map((event) => `echo '${JSON.stringify(event)}'`).join('\n');
}

interface Play {
  readonly spec?: Partial<CommandLineSpec>;
  readonly turn?: Partial<Turn>;
  readonly signal?: AbortSignal;
  readonly retryMs?: number;
  readonly silenceMs?: number;
  readonly graceMs?: number;
  readonly onEvent?: (event: ProviderEvent) => void;
}

/** Runs a shell script as the CLI `fake` and collects what the provider makes of it. */
async function play(script: string, given: Play = {}): Promise<readonly ProviderEvent[]> {
  const { spec = {}, turn = {}, signal = new AbortController().signal, retryMs = 60_000, silenceMs = 10_000 } = given;
  const { graceMs = 300 } = given;
  const provider = commandLine({ ...plainSpec, ...spec }, { retryMs });
  const whole = testTurn(turn);
  const environment = {
    ...testEnvironment,
    PATH: `${install(script)}:${testEnvironment.PATH}`,
    TUTTI_ASK: whole.askId,
  };
  const runner = createRunner(table, { graceMs, quietMs: 100 });
  const { askId, directory } = whole;
  const options = { askId, directory, environment, signal, timeoutMs: 20_000, silenceMs };
  const events: ProviderEvent[] = [];
  const run = {
    signal,
    environment,
    spawn: (invocation: Parameters<typeof runner.spawn>[0], stop?: AbortSignal) =>
      runner.spawn(invocation, options, stop),
    search: async () => ({ hits: [], confidence: 0, nearest: [], files: 0 }),
  };
  for await (const event of provider.ask(whole, run)) {
    events.push(event);
    given.onEvent?.(event);
  }
  return events;
}

function install(script: string): string {
  const directory = temporaryDirectory();
  const file = join(directory, 'fake');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return directory;
}

function failureOf(events: readonly ProviderEvent[]) {
  const failure = events.at(-1);
  return failure?.type === 'failure' ? failure : null;
}

test('Events come in their order, and a clean end adds nothing', async () => {
  const answer = { type: 'answer', text: 'ok' } as const;
  expect(await play(`cat > /dev/null; ${prints(session, answer)}`)).toEqual([session, answer]);
});

test('What the CLI reported at last counts, not its exit code', async () => {
  const answer = { type: 'answer', text: 'ok' } as const;
  expect((await play(`${prints(session, answer)}; exit 3`)).at(-1)).toEqual(answer);
  const failure = { type: 'failure', reason: 'rate-limited', message: '429' } as const;
  expect((await play(`${prints(session, failure)}; exit 0`)).at(-1)).toEqual(failure);
});

test('An end without a word is a failure, by code, by signal, and with code 0', async () => {
  expect(failureOf(await play('echo sorry >&2; exit 9'))?.message).toBe('It ended with exit code 9: sorry');
  expect(failureOf(await play('kill -SEGV $$'))?.message).toBe('It was ended by SIGSEGV');
  expect(failureOf(await play(prints(session)))?.message).toBe('It ended without an answer');
});

test('Text and a clean end are an answer', async () => {
  expect(failureOf(await play(prints(session, { type: 'text', text: 'hello' })))).toBeNull();
});

test('The CLI own explanation of its end goes before ours', async () => {
  const reader = () => ({
    parse: () => [],
    diagnose: () => ({ reason: 'not-signed-in', message: 'nobody is there' }) as const,
  });
  expect(failureOf(await play('exit 1', { spec: { reader } }))).toMatchObject({ reason: 'not-signed-in' });
});

test('Another session than the one asked for is none: it is killed, and nothing it says is believed', async () => {
  const askId = newAskId();
  const script = `${prints({ ...session, id: 'new' }, { type: 'answer', text: 'of a stranger' })}; sleep 1000`;
  const events = await play(script, { turn: { resume: 's-1', session: 's-1', askId } });
  expect(events.map((event) => event.type)).toEqual(['failure']);
  expect(failureOf(events)?.reason).toBe('unknown-session');
  expect(await leftOf(askId)).toEqual([]);
});

test('A run in another mode is killed before its next line, without time to go on', async () => {
  const directory = temporaryDirectory();
  const trace = join(directory, 'written');
  const script = `trap "touch ${trace}" TERM INT; ${prints({ ...session, mode: 'full' })}; sleep 1; touch ${trace}`;
  const events = await play(script, { turn: { access: 'read' }, graceMs: 20_000 });
  expect(failureOf(events)?.reason).toBe('wrong-mode');
  expect(failureOf(events)?.message).toContain('full');
  expect(existsSync(trace)).toBe(false);
});

test('Retries are shown, and end when their time is over although each of them is output', async () => {
  const retry = {
    type: 'retry',
    attempt: 1,
    maxAttempts: 10,
    waitMs: 4000,
    message: 'Overloaded',
    reason: 'rate-limited',
  };
  const script = `${prints(session)}; while :; do echo '${JSON.stringify(retry)}'; sleep 0.05; done`;
  const events = await play(script, { retryMs: 400 });
  expect(events.filter((event) => event.type === 'retry').length).toBeGreaterThan(2);
  expect(failureOf(events)).toMatchObject({ reason: 'rate-limited', retryAfterMs: 4000 });
});

test('Progress between retries begins their time anew', async () => {
  const retry = { type: 'retry', attempt: 1, maxAttempts: 10, waitMs: 1, message: 'Overloaded' } as const;
  const step = prints(retry, { type: 'text', text: 'x' });
  const script = `${prints(session)}; for i in 1 2 3 4 5 6; do ${step}; sleep 0.1; done`;
  expect(failureOf(await play(script, { retryMs: 400 }))).toBeNull();
});

test('Stopped, its last words are late, its usage counts, and its answer is none', async () => {
  const stop = new AbortController();
  const usage = { type: 'usage', inputTokens: 5, outputTokens: 6 } as const;
  const last = prints(usage, { type: 'answer', text: 'half' }).replaceAll('\n', '; ');
  const script = `trap '${last.replaceAll("'", `'"'"'`)}; exit 0' TERM; ${prints(session)}; while :; do sleep 0.02; done`;
  const events = await play(script, {
    signal: stop.signal,
    onEvent: (event) => event.type === 'session' && stop.abort(),
  });
  expect(events).toEqual([
    session,
    usage,
    { type: 'late', text: 'half' },
    { type: 'failure', reason: 'cancelled', message: 'It was stopped.' },
  ]);
});

test('A line that is too long is passed over, and said to be', async () => {
  const script = `${prints(session)}; head -c 20000000 /dev/zero | tr '\\0' x; echo; ${prints({ type: 'answer', text: 'ok' })}`;
  const events = await play(script);
  expect(events.map((event) => event.type)).toEqual(['session', 'notice', 'answer']);
});

test('A CLI that is not there is not installed', async () => {
  const events = await play('', { spec: { binary: 'no-such-cli' } });
  expect(failureOf(events)?.reason).toBe('not-installed');
});

const statusScript = `case "$1" in --version) echo "fake $VERSION";; who) echo "$WHO"; exit 0;; esac`;

function status(variables: Readonly<Record<string, string>>, spec: Partial<CommandLineSpec> = {}) {
  const signIn: CommandLineSpec['signIn'] = {
    args: ['who'],
    read: (_exit, stdout) => (stdout === 'somebody' ? 'yes' : 'no'),
    hint: 'Run `fake login`',
  };
  const PATH = `${install(statusScript)}:${testEnvironment.PATH}`;
  return commandLine({ ...plainSpec, signIn, ...spec }).status({ ...testEnvironment, PATH, ...variables });
}

test('The status names version, place and sign-in, and has nothing to add where all is well', async () => {
  const found = await status({ VERSION: '1.2.9', WHO: 'somebody' });
  expect(found).toMatchObject({ installed: true, version: '1.2.9', signedIn: 'yes', hint: null });
  expect(found.path).toMatch(/\/fake$/);
});

test('What is wrong comes with what to do', async () => {
  expect((await status({ VERSION: '1.2.9', WHO: 'nobody' })).hint).toBe('Nobody is signed in. Run `fake login`.');
  expect((await status({ VERSION: '2.0.0', WHO: 'somebody' })).hint).toContain('Version 2.0.0 was not tried');
  expect((await status({ VERSION: 'unknown', WHO: 'somebody' })).hint).toContain('names no version');
  const missing = await status({}, { binary: 'no-such-cli' });
  expect(missing).toMatchObject({ installed: false, version: null, path: null });
  expect(missing.hint).toBe('`no-such-cli` is not on the PATH. Install it with `npm install -g fake`.');
});

test('What the CLI says about itself, asked in the place where it will run, is there when its arguments are built', async () => {
  const directory = temporaryDirectory();
  const spec: Partial<CommandLineSpec> = {
    inquiry: (turn) => (turn.access === 'none' ? ['list'] : null),
    invoke: (turn, _environment, inquired) => ({ args: ['say', inquired.trim()], input: turn.prompt }),
    expectedModes: () => null,
  };
  const script = `case "$1" in list) pwd;; say) echo "{\\"type\\":\\"answer\\",\\"text\\":\\"told: $2\\"}";; esac`;
  expect(await play(script, { spec, turn: { access: 'none', directory } })).toEqual([
    { type: 'answer', text: `told: ${directory}` },
  ]);
  expect(await play(script, { spec, turn: { access: 'read', directory } })).toEqual([
    { type: 'answer', text: 'told: ' },
  ]);
});

test('Files that the CLI is given live as long as its run', async () => {
  const spec: Partial<CommandLineSpec> = {
    invoke: (turn) => ({ args: ['--file', '<words>'], input: turn.prompt, written: { '<words>': 'the words' } }),
    expectedModes: () => null,
  };
  const script = `printf '{"type":"answer","text":"%s"}\\n' "$2 $(cat "$2")"`;
  const [answer] = await play(script, { spec });
  const [path, ...words] = (answer?.type === 'answer' ? answer.text : '').split(' ');
  expect(words.join(' ')).toBe('the words');
  expect(existsSync(path ?? '')).toBe(false);
});
