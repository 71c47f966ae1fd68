import { describe, expect, test } from 'vitest';
import { attempt } from '../../src/agents/attempt.ts';
import { commandLine } from '../../src/agents/command-line.ts';
import type { Access, CommandLineSpec, FailureReason, ProviderEvent, Turn } from '../../src/agents/provider.ts';
import { createRunner } from '../../src/agents/run.ts';
import { newAskId, table } from '../support/processes.ts';
import { testEnvironment } from '../support/project-agents.ts';
import { seededRandom } from '../support/random.ts';
import { type RecordedCase, recordedCase, recordedStream, replayBinary } from '../support/recorded.ts';

/** Recorded cases by what they show; null where a CLI has none. The texts are what the model said. */
export interface ProviderCases {
  readonly plain: { readonly case: string; readonly text: string };
  /** A turn with a tool call. */
  readonly tool: { readonly case: string; readonly tool: string } | null;
  readonly resume: { readonly case: string; readonly session: string } | null;
  readonly unknownSession: string | null;
  readonly unauthorized: string | null;
  readonly rateLimited: string | null;
  readonly serverError: string | null;
  readonly contextFull: string | null;
  /** The connection to the model broke. */
  readonly cut: string | null;
  /** It never ended by itself. */
  readonly hang: string | null;
  readonly interrupted: string | null;
  readonly terminated: string | null;
  readonly killed: string | null;
  /** Flags that must stand in no argv but that of `full`. */
  readonly dangerous: readonly string[];
  /** The level that fits the mode a case was recorded in, for CLIs that report it; `edit` when absent. */
  access?(name: string): Access;
}

export function testTurn(turn: Partial<Turn> = {}): Turn {
  return {
    prompt: 'How does it start?',
    access: 'read',
    directory: '/',
    resume: null,
    session: '00000000-0000-4000-8000-000000000001',
    model: null,
    args: [],
    command: null,
    attachments: [],
    budgetUsd: null,
    schema: null,
    agent: 'api',
    conversation: 'terminal:test',
    turnId: 'turn-1',
    askId: newAskId(),
    ...turn,
  };
}

export interface Replayed {
  readonly events: readonly ProviderEvent[];
  readonly text: string;
  readonly reason: FailureReason | null;
  readonly message: string;
  readonly usage: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly costUsd: number | null;
  } | null;
  readonly sessionId: string | null;
}

/** Plays a recorded case as a real process through the provider that the description makes. */
export async function replay(
  spec: CommandLineSpec,
  recorded: RecordedCase,
  turn: Partial<Turn> = {},
  silenceMs = 20_000,
): Promise<Replayed> {
  const provider = commandLine(spec, { retryMs: 300 });
  const PATH = `${replayBinary(spec.name, spec.binary, recorded)}:${testEnvironment.PATH}`;
  const events: ProviderEvent[] = [];
  const done = await attempt(
    provider,
    testTurn(turn),
    {
      environment: { ...testEnvironment, PATH },
      signal: new AbortController().signal,
      timeoutMs: 30_000,
      silenceMs,
      budget: { usd: null, tokens: null },
      sums: null,
      started: () => {},
      onEvent: (event) => events.push(event),
    },
    {
      runner: createRunner(table, { graceMs: 300, quietMs: 100 }),
      search: async () => ({ hits: [], confidence: 0, nearest: [], files: 0 }),
    },
  );
  return {
    events,
    text: done.text.head,
    reason: done.failure?.reason ?? null,
    message: done.failure?.message ?? '',
    usage: done.usage,
    sessionId: done.sessionId,
  };
}

/** What every batch CLI has to be, on its own recorded streams. */
export function describeProvider(spec: CommandLineSpec, cases: ProviderCases): void {
  describe(`The provider ${spec.name}`, () => {
    describeTurns(spec, cases);
    describeFailures(spec, cases);
    describeArguments(spec, cases);
    describeRobustness(spec, cases);
  });
}

function player(spec: CommandLineSpec, cases: ProviderCases) {
  return (name: string, turn: Partial<Turn> = {}, silenceMs?: number) => {
    const access = cases.access?.(name) ?? 'edit';
    return replay(spec, recordedCase(spec.name, name), { access, ...turn }, silenceMs);
  };
}

function describeTurns(spec: CommandLineSpec, cases: ProviderCases): void {
  const { plain, tool, resume } = cases;
  const play = player(spec, cases);

  test('A plain turn gives the answer, its session and what it used', async () => {
    const done = await play(plain.case);
    expect(done.reason).toBeNull();
    expect(done.text.trim()).toBe(plain.text);
    if (spec.capabilities.resume !== 'no') expect(done.sessionId).not.toBeNull();
    if (done.usage !== null) expect(done.usage.outputTokens).toBeGreaterThan(0);
    if (spec.capabilities.cost) expect(done.usage?.costUsd).not.toBeNull();
  });

  test.runIf(tool !== null)('Tool calls are seen as they begin and as they end', async () => {
    if (tool === null) return;
    const done = await play(tool.case);
    const calls = done.events.filter((event) => event.type === 'tool');
    const ids = (phase: string) => calls.filter((call) => call.phase === phase).map((call) => call.id);
    expect(done.reason).toBeNull();
    expect(calls.map((call) => call.name)).toContain(tool.tool);
    expect(ids('start').sort()).toEqual(ids('end').sort());
  });

  test.runIf(resume !== null)('A session that is gone on with is the one that was asked for, or none', async () => {
    if (resume === null) return;
    const { session } = resume;
    const right = await play(resume.case, { resume: session, session });
    expect([right.reason, right.sessionId]).toEqual([null, session]);
    const other = '11111111-2222-4333-8444-555555555555';
    const wrong = await play(resume.case, { resume: other, session: other });
    expect(wrong.reason).toBe('unknown-session');
  });
}

function describeFailures(spec: CommandLineSpec, cases: ProviderCases): void {
  const resumed = '11111111-2222-4333-8444-555555555555';
  const play = player(spec, cases);
  const expected: readonly (readonly [string, string | null, FailureReason, Partial<Turn>?])[] = [
    ['an unknown session', cases.unknownSession, 'unknown-session', { resume: resumed, session: resumed }],
    ['a refused key', cases.unauthorized, 'not-signed-in'],
    ['a rate limit', cases.rateLimited, 'rate-limited'],
    ['an error of the server', cases.serverError, 'crashed'],
    ['a full context', cases.contextFull, 'context-full'],
    ['a broken connection', cases.cut, 'crashed'],
    ['a kill from outside', cases.killed, 'crashed'],
  ];
  for (const [what, name, reason, turn = {}] of expected) {
    test.runIf(name !== null)(`It tells of ${what} as ${reason}, in words`, async () => {
      const done = await play(name ?? '', turn);
      expect(done.reason).toBe(reason);
      expect(done.message).not.toBe('');
    });
  }

  test.runIf(cases.hang !== null)('It is ended where it goes on for ever without getting anywhere', async () => {
    const done = await play(cases.hang ?? '', {}, 1000);
    expect(done.reason).not.toBeNull();
  });

  for (const name of [cases.interrupted, cases.terminated]) {
    test.runIf(name !== null)(`An end by a signal from outside is no answer (${name})`, async () => {
      const done = await play(name ?? '');
      expect(done.reason).not.toBeNull();
    });
  }
}

function describeArguments(spec: CommandLineSpec, cases: ProviderCases): void {
  const levels: readonly Access[] = ['none', 'read', 'edit', 'full'];
  const invoke = (access: Access, turn: Partial<Turn> = {}) => spec.invoke(testTurn({ access, ...turn }), {}, '');

  test('Every access level has arguments of its own, and only the widest one a bypass', () => {
    const all = levels.map((access) => JSON.stringify(invoke(access)));
    const distinct = new Set(all);
    expect(distinct.size).toBeGreaterThanOrEqual(3);
    for (const access of levels.filter((level) => level !== 'full')) {
      const { args } = invoke(access);
      for (const flag of cases.dangerous) expect(args).not.toContain(flag);
    }
    const bypasses = invoke('full').args.filter((argument) => cases.dangerous.includes(argument));
    // A CLI without any limits of its own has no flag that lifts them.
    expect(bypasses).toHaveLength(Math.min(1, cases.dangerous.length));
  });

  test('The prompt goes through stdin, whatever it looks like, and is no argument', () => {
    for (const prompt of ['--help', '; rm -rf /', '$(touch x)', '-', '\'"`\n\0']) {
      for (const access of levels) {
        const { args, input } = invoke(access, { prompt });
        expect(input).toContain(prompt === '\'"`\n\0' ? "'" : prompt);
        if (prompt !== '-') expect(args).not.toContain(prompt);
      }
    }
  });

  test('Its flags that widen access are refused in the own arguments of an agent', () => {
    for (const flag of cases.dangerous) expect(spec.bypassFlags.some((one) => flag.startsWith(one))).toBe(true);
  });

  test('The arguments of an agent and the model reach it', () => {
    const { args } = invoke('edit', { args: ['--own-argument', 'own value'], model: 'some-model' });
    const at = args.indexOf('--own-argument');
    expect(args.slice(at, at + 2)).toEqual(['--own-argument', 'own value']);
    expect(args.join(' ')).toContain('some-model');
  });

  test.runIf(spec.capabilities.resume !== 'no')('Going on with a session names it', () => {
    const resume = '11111111-2222-4333-8444-555555555555';
    expect(invoke('read', { resume, session: resume }).args.join(' ')).toContain(resume);
    expect(invoke('read').args.join(' ')).not.toContain(resume);
  });
}

function describeRobustness(spec: CommandLineSpec, cases: ProviderCases): void {
  const names = [cases.plain.case, cases.tool?.case, cases.unauthorized].filter((name) => typeof name === 'string');
  const lines = () => names.flatMap((name) => recordedStream(spec.name, recordedCase(spec.name, name)).split('\n'));

  test('No line that is cut, turned about or of another shape makes it throw (seed 7)', () => {
    const random = seededRandom(7);
    const reader = spec.reader(testTurn());
    for (const line of lines()) {
      for (let count = 0; count < 40; count += 1) {
        const from = Math.floor(random() * line.length);
        reader.parse(line.slice(0, from));
        reader.parse(line.slice(from));
        reader.parse(replaceValue(line, random));
      }
    }
    const odd = [
      '',
      '\0',
      '{',
      'null',
      '[]',
      '3',
      '"text"',
      '{"type":null}',
      '{"type":"constructor"}',
      '[object Object]',
    ];
    for (const line of odd) expect(() => reader.parse(line)).not.toThrow();
  });

  test('Words of a model that speak of errors are an answer', async () => {
    const words =
      'No conversation found with session ID: x. 401 Unauthorized. Session not found. rate limit, quota exceeded';
    const recorded = recordedCase(spec.name, cases.plain.case);
    const reader = spec.reader(testTurn());
    const said = JSON.stringify(words).slice(1, -1);
    const stream = recordedStream(spec.name, recorded).replaceAll(cases.plain.text, said);
    const events = stream.split('\n').flatMap((line) => reader.parse(line));
    expect(events.filter((event) => event.type === 'failure')).toEqual([]);
    const texts = events.filter((event) => event.type === 'answer' || event.type === 'text').map((event) => event.text);
    expect(texts.join('')).toContain(words);
  });
}

/** Puts a value of another type where the line has one. */
function replaceValue(line: string, random: () => number): string {
  const values = ['null', '[]', '{}', '-1', '"x"', 'true', '[null]', '{"a":[]}'];
  const found = [...line.matchAll(/:(?:"(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/g)];
  const match = found[Math.floor(random() * found.length)];
  if (match?.index === undefined) return line;
  const value = values[Math.floor(random() * values.length)];
  return `${line.slice(0, match.index)}:${value}${line.slice(match.index + match[0].length)}`;
}
