import type { AskResult } from '../adapters/adapter.ts';
import { clean } from '../clean.ts';
import { createMask, createStreamMask, type Secret } from '../mask.ts';
import { isDiskFull } from '../store/failures.ts';
import type { AskReply, AskRequest } from './ask.ts';
import { askEnvironment } from './ask-environment.ts';
import { turnOf } from './ask-turn.ts';
import { type Attempt, type AttemptTools, attempt } from './attempt.ts';
import { explainFailure } from './failures.ts';
import { type AskPlan, freshPlan, isRefusal, type PlanTools, planAsk, type Refusal } from './plan-ask.ts';
import type { AgentProvider, ProcessIdentity, ProviderEvent, Turn } from './provider.ts';
import type { ProjectAgent } from './registry.ts';
import { maskedText, statusOf, stderrTail } from './reply.ts';
import { showEvents } from './shown-events.ts';

/** What a mind gives beside its turn. */
export interface MindRun {
  readonly signal: AbortSignal;
  /** Added to the child's environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** With null where it is about to be started. */
  started(process: ProcessIdentity | null): void;
}

export interface Agents {
  ask(request: AskRequest): Promise<AskReply>;
  /** One run without an agent and a session: minds, summaries, titles. The caller bounds it by its signal. */
  run(provider: AgentProvider, turn: Turn, options: MindRun): AsyncIterable<ProviderEvent>;
  /** The provider that does an agent's work, `auto` resolved; null where its name is unknown. */
  providerOf(agent: ProjectAgent): Promise<AgentProvider | null>;
}

export interface AgentsOptions extends AttemptTools, PlanTools {
  /** The children's environment, cleaned. */
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly Secret[];
  now(): Date;
}

/** Agents at work: finds the session, runs the provider, says what it came to. */
export function createAgents(options: AgentsOptions): Agents {
  const mask = createMask(options.secrets);

  async function ask(request: AskRequest): Promise<AskReply> {
    const begun = performance.now();
    const elapsed = () => performance.now() - begun;
    const plan = await planAsk(request, options);
    if (isRefusal(plan)) return refused(request, plan);
    const notices: string[] = [];
    const notice = (message: string) => {
      notices.push(message);
      request.onEvent({ type: 'notice', message });
    };
    for (const message of plan.notices) notice(message);
    let final = plan;
    let done = await run(request, plan, turnOf(request, plan), elapsed);
    if (isLost(done, plan, request)) {
      await options.sessions.forget(plan.key);
      notice(`The session of ${request.agent} was lost: it began a new one and was given the recent conversation.`);
      final = freshPlan(plan);
      done = await run(request, final, turnOf(request, final, request.recent), elapsed);
    }
    await remember(request, final, done);
    const asked = final.agent.provider === 'auto' ? done.failure?.reason : null;
    if (asked === 'not-signed-in' || asked === 'not-installed') await options.chooser.forget();
    return replyOf(request, final, done, notices, elapsed());
  }

  async function run(request: AskRequest, plan: AskPlan, turn: Turn, elapsed: () => number): Promise<Attempt> {
    const shown = showEvents(mask, createStreamMask(options.secrets), request.onEvent);
    const done = await attempt(
      plan.provider,
      turn,
      {
        environment: askEnvironment(options.environment, plan.agent.env, turn),
        signal: request.signal,
        timeoutMs: Math.max(1, Math.min(request.timeoutMs, plan.agent.timeoutMs) - elapsed()),
        silenceMs: plan.agent.silenceMs,
        budget: { usd: request.budgetUsd, tokens: request.budgetTokens ?? null },
        sums: plan.sums,
        started: request.started,
        onEvent(event) {
          if (event.type === 'session' && isNews(event.id, plan)) request.onSession(event.id);
          shown.see(event);
        },
      },
      options,
    );
    shown.end();
    return done;
  }

  /** The session goes on in the next ask of this conversation, whatever came of this one. */
  async function remember(request: AskRequest, plan: AskPlan, done: Attempt): Promise<void> {
    const keeps = plan.provider.capabilities.resume !== 'no' && request.fresh !== true;
    if (!keeps || done.sessionId === null || done.failure?.reason === 'unknown-session') return;
    const record = {
      ...plan.key,
      worktree: plan.worktree,
      provider: plan.provider.name,
      id: done.sessionId,
      sums: plan.provider.capabilities.cumulativeUsage ? (done.usage ?? plan.sums) : null,
      at: options.now().toISOString(),
    };
    await options.sessions.save(record).catch((error) => {
      // The next ask then begins a fresh session; the reply itself is finished and delivered all the same.
      if (!isDiskFull(error)) throw error;
    });
  }

  function replyOf(
    request: AskRequest,
    plan: AskPlan,
    done: Attempt,
    notices: readonly string[],
    durationMs: number,
  ): AskReply {
    const readable = (text: string) => mask(clean(text));
    const { failure } = done;
    const { text, truncated } = maskedText(done.text, readable);
    const late = maskedText(done.late, readable).text;
    const result: AskResult = {
      ...resultOf(request),
      status: failure === null ? 'answered' : statusOf(failure.reason),
      text: text.trim() === '' ? null : text,
      truncated,
      sessionId: done.sessionId,
      durationMs: Math.round(durationMs),
      usage: done.used,
      failure:
        failure === null
          ? null
          : {
              reason: failure.reason,
              message: explainFailure({ ...failure, ...namesOf(request, plan), message: readable(failure.message) }),
              stderrTail: stderrTail(done.stderr, readable),
            },
      late: late.trim() === '' ? null : late,
    };
    const sources = done.sources.map((source) => ({ ...source, excerpt: readable(source.excerpt) }));
    const retryAfterMs = failure?.retryAfterMs;
    return {
      result,
      directory: plan.key.directory,
      sources,
      notices: [...notices, ...done.notices.map(readable)],
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }

  return {
    ask,
    run: (provider, turn, given) => runAlone(provider, turn, given, options),
    async providerOf(agent) {
      const name = agent.provider === 'auto' ? (await options.chooser.choose()).provider : agent.provider;
      return options.providers.find((provider) => provider.name === name) ?? null;
    },
  };
}

async function* runAlone(
  provider: AgentProvider,
  turn: Turn,
  given: MindRun,
  options: AgentsOptions,
): AsyncGenerator<ProviderEvent> {
  const { runner, search } = options;
  const environment = askEnvironment(options.environment, {}, turn, given.variables);
  const { signal, started } = given;
  const process = { askId: turn.askId, directory: turn.directory, environment, signal, started };
  yield* provider.ask(turn, {
    signal,
    environment,
    spawn: (invocation, stop) => runner.spawn(invocation, { ...process, timeoutMs: null, silenceMs: null }, stop),
    search: (directory, question) => search(directory, question, signal),
  });
}

/** A lost session may be replaced as long as nothing came of the attempt to go on with it. */
function isLost(done: Attempt, plan: AskPlan, request: AskRequest): boolean {
  return done.failure?.reason === 'unknown-session' && plan.resume !== null && request.session === null && !done.began;
}

function isNews(id: string, plan: AskPlan): boolean {
  return plan.resume === null || plan.resume === id;
}

function namesOf(request: AskRequest, { provider, agent }: AskPlan) {
  return { agent: request.agent, provider, program: agent.command?.[0] ?? provider.name };
}

function resultOf(request: AskRequest) {
  return {
    agent: request.agent,
    prompt: request.words,
    access: request.access,
    retried: false,
  };
}

function refused(request: AskRequest, { reason, message, directory }: Refusal): AskReply {
  const result: AskResult = {
    ...resultOf(request),
    status: statusOf(reason),
    text: null,
    truncated: false,
    sessionId: null,
    durationMs: 0,
    usage: null,
    failure: { reason, message, stderrTail: null },
    late: null,
  };
  return { result, directory, sources: [], notices: [] };
}
