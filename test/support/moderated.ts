import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskStatus, TurnEvent } from '../../src/adapters/adapter.ts';
import { askEnvironment } from '../../src/agents/ask-environment.ts';
import { createProcessTable } from '../../src/agents/process-table.ts';
import type { Access, ProviderEvent, Turn } from '../../src/agents/provider.ts';
import { command } from '../../src/agents/providers/command.ts';
import { createRunner } from '../../src/agents/run.ts';
import type { AskOutcome, PlannedAsk } from '../../src/ledger/ledger.ts';
import type { Secret } from '../../src/mask.ts';
import { createCommandMind } from '../../src/moderator/minds/command.ts';
import type { RunProvider } from '../../src/moderator/minds/provider-call.ts';
import type { Answer, Bound, Mind, ModeratorPort, Question, RecordedProgress } from '../../src/moderator/moderator.ts';
import { createModerator } from '../../src/moderator/rounds.ts';
import type { Usage } from '../../src/usage.ts';
import { newAskId } from './processes.ts';

/** A fresh directory with its real path. */
export function newDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'tutti-moderator-')));
}

/** A program of a few lines of JavaScript; `input` holds its whole stdin. The argv that runs it. */
export function script(directory: string, name: string, body: string): readonly string[] {
  const file = join(directory, `${name}.mjs`);
  writeFileSync(
    file,
    `import { readFileSync, writeFileSync, appendFileSync, existsSync } from 'node:fs';\nconst input = readFileSync(0, 'utf8');\n${body}\n`,
  );
  return [process.execPath, file];
}

/** Real processes through the real runner, with the environment that children get. */
export function createTestRun(): RunProvider {
  const runner = createRunner(createProcessTable(), { graceMs: 500, quietMs: 200 });
  return (provider, turn, { signal, variables, started }) => {
    const environment = askEnvironment({ PATH: process.env.PATH ?? '' }, {}, turn, variables);
    return provider.ask(turn, {
      signal,
      environment,
      spawn: (invocation, stop) =>
        runner.spawn(
          invocation,
          {
            askId: turn.askId,
            directory: turn.directory,
            environment,
            signal,
            timeoutMs: null,
            silenceMs: null,
            started,
          },
          stop,
        ),
      search: () => Promise.reject(new Error('There is no search here.')),
    });
  };
}

export interface TestPort extends ModeratorPort {
  readonly events: TurnEvent[];
  readonly decisions: {
    readonly number: number;
    readonly reason: string | null;
    readonly asks: readonly PlannedAsk[];
  }[];
  /** Every prompt that reached an agent, in the order they were started. */
  readonly prompts: { readonly agent: string; readonly prompt: string; readonly askId: string }[];
  readonly mindProcesses: { readonly id: string; ended: boolean }[];
  /** How many asks ran at once at most. */
  readonly mostAtOnce: () => number;
}

export interface PortOptions {
  /** argv of each agent. */
  readonly agents: Readonly<Record<string, readonly string[]>>;
  readonly directories?: Readonly<Record<string, string>>;
  readonly recorded?: readonly RecordedProgress[];
  readonly signal?: AbortSignal;
  readonly askTimeoutMs?: number;
  readonly usage?: Usage;
  readonly sources?: AskOutcome['sources'];
  accessOf?(agent: string): Access;
  msToConclude?(): number;
  msToEnd?(): number;
  bound?(usage: Usage | null): Bound | null;
}

/** A port whose agents are real programs, run by the real runner; it keeps what a ledger would. */
export function createTestPort(options: PortOptions): TestPort {
  const run = createTestRun();
  const home = newDirectory();
  let running = 0;
  let most = 0;
  const port: TestPort = {
    events: [],
    decisions: [],
    prompts: [],
    mindProcesses: [],
    mostAtOnce: () => most,
    recorded: options.recorded ?? [],
    signal: options.signal ?? new AbortController().signal,
    decided: (round) => port.decisions.push(round),
    newAskId,
    accessOf: options.accessOf ?? (() => 'read'),
    progress: (event) => port.events.push(event),
    msToConclude: options.msToConclude ?? (() => 60_000),
    msToEnd: options.msToEnd ?? (() => 90_000),
    bound: options.bound ?? (() => null),
    usdLeft: () => null,
    mindStarted: (id, process) => void (process !== null && port.mindProcesses.push({ id, ended: false })),
    mindEnded(id) {
      for (const process of port.mindProcesses) if (process.id === id) process.ended = true;
    },
    async ask(ask, _round, prompt) {
      port.prompts.push({ agent: ask.agent, prompt, askId: ask.id });
      running += 1;
      most = Math.max(most, running);
      const directory = options.directories?.[ask.agent] ?? home;
      const deadline = AbortSignal.timeout(options.askTimeoutMs ?? 60_000);
      const turn = turnOf(ask, prompt, directory, options.agents[ask.agent] ?? []);
      const signal = AbortSignal.any([port.signal, deadline]);
      const reply = await fold(run(command, turn, { signal, variables: {}, started: () => undefined }));
      running -= 1;
      const status = deadline.aborted && reply.status === 'stopped' ? 'timed-out' : reply.status;
      return outcome(ask, { ...reply, status }, directory, options);
    },
  };
  return port;
}

function turnOf(ask: PlannedAsk, prompt: string, directory: string, argv: readonly string[]): Turn {
  return {
    prompt,
    access: ask.access,
    directory,
    resume: null,
    session: ask.id,
    model: null,
    args: [],
    command: argv,
    attachments: [],
    budgetUsd: null,
    schema: null,
    agent: ask.agent,
    conversation: 'terminal:test',
    turnId: 'turn-1',
    askId: ask.id,
  };
}

interface Folded {
  readonly status: AskStatus;
  readonly text: string | null;
  readonly failure: { readonly reason: string; readonly message: string } | null;
}

async function fold(events: AsyncIterable<ProviderEvent>): Promise<Folded> {
  let text: string | null = null;
  for await (const event of events) {
    if (event.type === 'answer') text = event.text;
    if (event.type === 'failure') {
      const status = event.reason === 'cancelled' ? 'stopped' : 'failed';
      return { status, text: null, failure: { reason: event.reason, message: event.message } };
    }
  }
  return { status: 'answered', text, failure: null };
}

function outcome(ask: PlannedAsk, folded: Folded, directory: string, options: PortOptions): AskOutcome {
  return {
    ...answeredOutcome(ask, folded.text),
    directory,
    sources: options.sources ?? [],
    result: {
      ...answeredOutcome(ask, folded.text).result,
      status: folded.status,
      usage: options.usage ?? null,
      failure: folded.failure === null ? null : { ...folded.failure, stderrTail: null },
    },
  };
}

/** What a ledger holds of an ask that was answered. */
export function answeredOutcome(ask: Pick<PlannedAsk, 'agent' | 'prompt' | 'access'>, text: string | null): AskOutcome {
  return {
    result: {
      agent: ask.agent,
      prompt: ask.prompt,
      access: ask.access,
      status: 'answered',
      text,
      truncated: false,
      sessionId: null,
      durationMs: 1,
      usage: null,
      failure: null,
      retried: false,
      late: null,
    },
    directory: '/nowhere',
    sources: [],
  };
}

/** The same for one that failed. */
export function failedOutcome(
  ask: Pick<PlannedAsk, 'agent' | 'prompt' | 'access'>,
  reason: string,
  message: string,
): AskOutcome {
  const answered = answeredOutcome(ask, null);
  return {
    ...answered,
    result: { ...answered.result, status: 'failed', failure: { reason, message, stderrTail: null } },
  };
}

/** A question to the agents named, everything else as by default. */
export function newQuestion(agents: readonly string[], changes: Partial<Question> = {}): Question {
  return {
    turnId: 'turn-1',
    conversation: 'terminal:test',
    text: 'How are tokens refreshed?',
    author: 'alice',
    roster: agents.map((name) => ({
      name,
      description: `the ${name} project`,
      provider: 'command',
      directory: '/nowhere',
      found: [],
      confidence: 0,
    })),
    known: agents,
    mayWrite: [],
    direct: null,
    context: [],
    attachments: [],
    sequential: false,
    maxRounds: 3,
    maxAsks: 12,
    repeat: 'none',
    ...changes,
  };
}

export interface TestMind {
  readonly argv: readonly string[];
  mind(): Promise<Mind>;
  /** `PHASE ROUND` of each call so far, and the prompts. */
  calls(): readonly { readonly phase: string; readonly round: string; readonly prompt: string }[];
}

/**
 * A mind that is a program: `body` is JavaScript that prints the decision; it sees `phase`, `round`, `call` (counted from 1) and
 * `input`, and may use `print(object)`.
 */
export function createTestMind(body: string): TestMind {
  const directory = newDirectory();
  const log = join(directory, 'calls.jsonl');
  const argv = script(
    directory,
    'mind',
    `const log = ${JSON.stringify(log)};
const phase = process.env.TUTTI_PHASE;
const round = process.env.TUTTI_ROUND;
appendFileSync(log, JSON.stringify({ phase, round, prompt: input }) + '\\n');
const call = readFileSync(log, 'utf8').trim().split('\\n').length;
const print = (object) => console.log(JSON.stringify(object));
${body}`,
  );
  return {
    argv,
    mind: async () =>
      createCommandMind({ argv, provider: command, run: createTestRun(), directory: join(directory, 'empty') }),
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(readCall) : []),
  };
}

function readCall(line: string) {
  const call: unknown = JSON.parse(line);
  if (typeof call !== 'object' || call === null) throw new Error(`No call: ${line}`);
  const text = (name: string) => String(Reflect.get(call, name));
  return { phase: text('phase'), round: text('round'), prompt: text('prompt') };
}

/** Answers a question with real agents, a real mind and real citations. */
export function moderate(
  mind: { mind(): Promise<Mind> },
  question: Question,
  port: ModeratorPort,
  secrets: readonly Secret[] = [],
): Promise<Answer> {
  return createModerator({
    mind: mind.mind,
    secrets,
    random: () => randomBytes(12).toString('hex'),
  }).answer(question, port);
}

/** A port whose agents answer what they are told here, each with a program of its own. */
export function answering(
  replies: Readonly<Record<string, string>>,
  options: Omit<PortOptions, 'agents'> = {},
): TestPort {
  const directory = newDirectory();
  const programs = Object.entries(replies).map(([agent, reply]) => [
    agent,
    script(directory, agent.replace('/', '-'), `process.stdout.write(${JSON.stringify(reply)});`),
  ]);
  return createTestPort({ ...options, agents: Object.fromEntries(programs) });
}

/** The rounds of an answer as `agent:status`, for comparing. */
export function statuses(answer: Answer): readonly (readonly string[])[] {
  return answer.rounds.map((round) => round.asks.map((ask) => `${ask.agent}:${ask.status}`));
}
