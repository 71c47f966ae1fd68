import { messageOf } from '../errors.ts';
import type { Usage } from '../usage.ts';
import { type Collected, createCollector, usageSince } from './collect.ts';
import type {
  AgentProvider,
  Invocation,
  ProcessIdentity,
  ProcessOutput,
  ProviderEvent,
  Run,
  SearchResult,
  Turn,
} from './provider.ts';
import { excerptLimit } from './reply.ts';
import type { Runner } from './run.ts';

/** What one run of a provider needs beside its turn. */
export interface AttemptOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number | null;
  readonly silenceMs: number | null;
  /** What the run may use; checked whenever the provider reports what it used. */
  readonly budget: { readonly usd: number | null; readonly tokens: number | null };
  /** The session's sums before, for providers that report sums. */
  readonly sums: Usage | null;
  /** Once, before the prompt is written; null for providers without a process. */
  started(process: ProcessIdentity | null): void;
  onEvent(event: ProviderEvent): void;
}

export interface Attempt extends Collected {
  /** Of this run alone. */
  readonly used: Usage | null;
  readonly stderr: string;
}

export interface AttemptTools {
  readonly runner: Runner;
  search(directory: string, question: string, signal: AbortSignal): Promise<SearchResult>;
}

const limits = { characters: excerptLimit, sources: 500, notices: 50 };

/** Runs a provider once and says what it came to. Never throws: whatever goes wrong is a failure of the run. */
export async function attempt(
  provider: AgentProvider,
  turn: Turn,
  options: AttemptOptions,
  tools: AttemptTools,
): Promise<Attempt> {
  const cumulative = provider.capabilities.cumulativeUsage;
  const collector = createCollector(cumulative, limits);
  const bound = new AbortController();
  const deadline = deadlineOf(provider, options.timeoutMs);
  const signal = AbortSignal.any([options.signal, bound.signal, ...(deadline === null ? [] : [deadline])]);
  const process = { stderr: '' };
  const usedSoFar = () => {
    const { usage } = collector.collected();
    return cumulative ? usageSince(usage, options.sums, turn.resume === null) : usage;
  };
  let overBudget: string | null = null;
  try {
    if (provider.capabilities.extractive) options.started(null);
    const run = createRun(turn, { ...options, signal }, tools, collector.toolOpen, (stderr) => {
      process.stderr = stderr;
    });
    for await (const event of provider.ask(turn, run)) {
      collector.see(event);
      options.onEvent(event);
      if (event.type !== 'usage' || overBudget !== null) continue;
      overBudget = budgetProblem(usedSoFar(), options.budget);
      if (overBudget !== null) bound.abort();
    }
  } catch (error) {
    collector.see(thrown(error, signal, deadline));
  }
  if (overBudget !== null) collector.see({ type: 'failure', reason: 'budget', message: overBudget });
  const collected = collector.collected();
  const failure = collected.failure ?? emptiness(collected);
  return { ...collected, failure, used: usedSoFar(), stderr: process.stderr };
}

function createRun(
  turn: Turn,
  options: AttemptOptions,
  tools: AttemptTools,
  toolOpen: () => boolean,
  said: (stderr: string) => void,
): Run {
  const { environment, signal, timeoutMs, silenceMs, started } = options;
  const { askId, directory } = turn;
  async function* spawn(invocation: Invocation, stop?: AbortSignal): AsyncGenerator<ProcessOutput> {
    const given = { askId, directory, environment, signal, timeoutMs, silenceMs, toolOpen, started };
    for await (const output of tools.runner.spawn(invocation, given, stop)) {
      if (output.type === 'exit') said(output.exit.stderr);
      yield output;
    }
  }
  return {
    signal,
    environment,
    spawn,
    search: (place, question) => tools.search(place, question, signal),
  };
}

function budgetProblem(used: Usage | null, budget: AttemptOptions['budget']): string | null {
  if (used === null) return null;
  if (budget.usd !== null && used.costUsd !== null && used.costUsd >= budget.usd) {
    return `$${used.costUsd.toFixed(2)} of $${budget.usd.toFixed(2)} were used`;
  }
  const tokens = used.inputTokens + used.outputTokens;
  return budget.tokens !== null && tokens >= budget.tokens ? `${tokens} of ${budget.tokens} tokens were used` : null;
}

/** Processes are bounded by the runner; a provider that is none has only its signal. */
function deadlineOf(provider: AgentProvider, timeoutMs: number | null): AbortSignal | null {
  return provider.capabilities.extractive && timeoutMs !== null ? AbortSignal.timeout(Math.ceil(timeoutMs)) : null;
}

function thrown(error: unknown, signal: AbortSignal, deadline: AbortSignal | null): ProviderEvent {
  if (deadline?.aborted) return { type: 'failure', reason: 'timed-out', message: 'It was not done in time.' };
  if (signal.aborted) return { type: 'failure', reason: 'cancelled', message: 'It was stopped.' };
  return { type: 'failure', reason: 'crashed', message: messageOf(error) };
}

function emptiness({ text }: Collected): Collected['failure'] {
  if (text.head.trim() !== '') return null;
  return { type: 'failure', reason: 'crashed', message: 'It ended without an answer' };
}
