import type { AskStatus } from '../adapters/adapter.ts';
import type { AskOutcome } from '../ledger/ledger.ts';
import { agentPrompt } from './agent-prompt.ts';
import type { AnsweredAsk, ModeratorPort, Question, RecordedProgress, Round } from './moderator.ts';
import { waitForRateLimit } from './rate-limit.ts';

export interface RoundContext {
  readonly question: Question;
  readonly port: ModeratorPort;
  /** Rounds before this one: an ask that is repeated may wait for agents that answered in them. */
  readonly carried: readonly Round[];
  readonly own: readonly Round[];
  /** Why no further ask may be started, asked anew before each one. */
  bound(): string | null;
  /** Called with every ask that has come to an end, the recorded ones too. */
  ended(ask: AnsweredAsk): void;
  random(): string;
}

type Planned = RecordedProgress['asks'][number];

/**
 * Runs a planned round to its end: asks in parallel, each after those it waits for; one whose outcome is recorded is not asked again.
 * Rejects, after every started ask has ended, only where the port did.
 */
export async function runRound(plan: Omit<RecordedProgress, 'carried'>, context: RoundContext): Promise<Round> {
  const started = new Map<string, Promise<AnsweredAsk>>();
  const before = startOrder(plan.asks, context.question.sequential);

  function start(ask: Planned): Promise<AnsweredAsk> {
    const running = started.get(ask.agent);
    if (running !== undefined) return running;
    const waitsFor = plan.asks.filter((other) => ask.after.includes(other.agent)).map(start);
    const previous = before.get(ask.agent);
    const turn = previous === undefined ? null : start(previous);
    const result = finishAsk(ask, plan.number, waitsFor, turn, context);
    started.set(ask.agent, result);
    return result;
  }

  const settled = await Promise.allSettled(plan.asks.map(start));
  const asks = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  return { number: plan.number, reason: plan.reason, asks };
}

/** With `--sequential`, which ask each one follows: in the order written, but never before one it waits for. */
function startOrder(asks: readonly Planned[], sequential: boolean): ReadonlyMap<string, Planned> {
  const follows = new Map<string, Planned>();
  if (!sequential) return follows;
  const order: Planned[] = [];
  const visit = (ask: Planned) => {
    if (order.includes(ask)) return;
    for (const other of asks) if (ask.after.includes(other.agent)) visit(other);
    const previous = order.at(-1);
    if (previous !== undefined) follows.set(ask.agent, previous);
    order.push(ask);
  };
  asks.forEach(visit);
  return follows;
}

async function finishAsk(
  ask: Planned,
  round: number,
  waitsFor: readonly Promise<AnsweredAsk>[],
  previous: Promise<AnsweredAsk> | null,
  context: RoundContext,
): Promise<AnsweredAsk> {
  const { outcome, ...planned } = ask;
  const ended = (reached: AskOutcome): AnsweredAsk => {
    const answered = { ...planned, outcome: reached };
    context.ended(answered);
    return answered;
  };
  if (outcome !== null) return ended(outcome);
  const { port } = context;
  port.progress({ type: 'ask_start', round, agent: ask.agent, access: ask.access, waitsFor: ask.after });
  const replies = await Promise.all(waitsFor);
  await previous;
  const reached = await outcomeOf(planned, round, replies, context);
  const { status, durationMs, usage, text, failure } = reached.result;
  port.progress({ type: 'ask_end', round, agent: ask.agent, status, durationMs, usage, text, failure });
  return ended(reached);
}

async function outcomeOf(
  ask: Omit<Planned, 'outcome'>,
  round: number,
  replies: readonly AnsweredAsk[],
  context: RoundContext,
): Promise<AskOutcome> {
  const { port, question } = context;
  const failed = replies.find((reply) => reply.outcome.result.status !== 'answered');
  if (failed !== undefined) {
    return notStarted(ask, 'skipped', 'skipped', `not asked, because ${failed.agent} gave no answer to build on`);
  }
  await waitForRateLimit(ask.agent, context.own, port);
  if (port.signal.aborted) return notStarted(ask, 'stopped', 'cancelled', 'stopped before it was asked');
  const bound = context.bound();
  if (bound !== null) return notStarted(ask, 'skipped', 'skipped', `not asked: ${bound}`);
  const prompt = agentPrompt(
    {
      agent: ask.agent,
      access: ask.access,
      prompt: ask.prompt,
      context: contextFor(ask.agent, question),
      replies: [...earlierReplies(ask, replies, [...context.carried, ...context.own]), ...replies].map(
        ({ agent, outcome }) => ({
          agent,
          text: outcome.result.text ?? '',
        }),
      ),
    },
    context.random(),
  );
  return port.ask(ask, round, prompt);
}

/** The mind's prompts stand for themselves; what a person writes to an agent may refer to anything said before. */
function contextFor(agent: string, question: Question): Question['context'] {
  if (question.direct === null) return [];
  return question.context.filter((message) => message.knownTo?.includes(agent) !== true);
}

/** A repeated ask may wait for agents that answered in a round before. */
function earlierReplies(
  ask: Omit<Planned, 'outcome'>,
  replies: readonly AnsweredAsk[],
  earlier: readonly Round[],
): readonly AnsweredAsk[] {
  const asked = earlier.flatMap((round) => round.asks).filter((past) => past.outcome.result.status === 'answered');
  return ask.after
    .filter((name) => replies.every((reply) => reply.agent !== name))
    .map((name) => asked.findLast((past) => past.agent === name))
    .filter((past) => past !== undefined);
}

function notStarted(ask: Omit<Planned, 'outcome'>, status: AskStatus, reason: string, message: string): AskOutcome {
  return {
    result: {
      agent: ask.agent,
      prompt: ask.prompt,
      access: ask.access,
      status,
      text: null,
      truncated: false,
      sessionId: null,
      durationMs: null,
      usage: null,
      failure: { reason, message, stderrTail: null },
      retried: false,
      late: null,
    },
    directory: '',
    sources: [],
  };
}
