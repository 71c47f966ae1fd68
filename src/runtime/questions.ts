import type { Button, Earlier, InboundMessage, TurnEvent, TurnResult } from '../adapters/adapter.ts';
import type { Access } from '../agents/provider.ts';
import type { QuestionRequest } from '../commands/command.ts';
import { UserError } from '../errors.ts';
import type { Ledger, TurnRecord } from '../ledger/ledger.ts';
import type { MentionTargets } from '../markdown/mentions.ts';
import type { Answer, Bound, ConversationMessage, Question, RosterEntry } from '../moderator/moderator.ts';
import type { Usage } from '../usage.ts';
import { addressedIn } from './addressed.ts';
import type { AskDependencies } from './asks.ts';
import type { Clock } from './clock.ts';
import { agentsWithoutCost, footer } from './footer.ts';
import { interruptionOf } from './interruption.ts';
import type { Moderate } from './moderation.ts';
import { type Plan, planQuestion, type Reachable } from './plan.ts';
import { createPort, type Work } from './port.ts';
import type { OpenedRequest } from './requests.ts';
import type { TurnControl } from './scheduler.ts';
import { emptyResult, resultOf, type Settlement, settle, settleError } from './settlement.ts';
import type { Steps } from './steps.ts';

/** Money and tokens, as far as they bound one turn. */
export interface TurnBudget {
  bound(usage: Usage | null): Bound | null;
  usdLeft(usage: Usage | null): number | null;
}

export interface QuestionDependencies {
  readonly ledger: Pick<Ledger, 'rounds' | 'conversation' | 'decided' | 'processStarted' | 'processEnded'>;
  readonly steps: Steps;
  readonly clock: Clock;
  readonly asks: AskDependencies;
  /** What the message asks for, and how its result is shown to scripts. */
  request(message: InboundMessage, carries: string | null): OpenedRequest;
  /** The agents at this moment, as far as the author has to do with them here. */
  reach(message: InboundMessage): Promise<Reach>;
  /** The agents as the mind sees them; `searched` says whether their indexes are asked about the question. */
  roster(
    names: readonly string[],
    text: string,
    searched: boolean,
    signal: AbortSignal,
  ): Promise<readonly RosterEntry[]>;
  readonly moderate: Moderate;
  /** What others said around the question; null where there is nothing. */
  earlier(message: InboundMessage, signal: AbortSignal): Promise<Earlier | null>;
  budget(message: InboundMessage, agents: readonly string[]): TurnBudget;
  /** What may be pressed under the answer. */
  buttons(message: InboundMessage, result: TurnResult): Promise<readonly Button[]>;
  readonly limits: { readonly turnMs: number; readonly maxRounds: number; readonly maxAsks: number };
  newId(): string;
  /** Masks secrets and removes control characters. */
  safe(text: string): string;
}

/** Whom a message can be put to, where they are, and what their writing asks run at. */
export interface Reach {
  readonly targets: MentionTargets;
  readonly reachable: Reachable;
  directoryOf(agent: string): string;
  writeAccess(agent: string): Access;
}

/** Questions: whom they may be put to, and one of them taken to its settlement. */
export interface Questions {
  /** Refuses with a UserError what could not be run anyway, before it is accepted. Says which turn it repeats, or null. */
  check(message: InboundMessage): Promise<{ readonly retries: string | null }>;
  /** Rejects only when the program ends (the turn is left as it is) or the ledger cannot be written. */
  run(turn: TurnRecord, control: TurnControl, progress: (event: TurnEvent) => void): Promise<Settlement>;
}

const roundsCap = 8;
const contextMessages = 20;

export function createQuestions(dependencies: QuestionDependencies): Questions {
  async function plan(
    message: InboundMessage,
    request: QuestionRequest,
  ): Promise<{ readonly planned: Plan; readonly reach: Reach }> {
    const reach = await dependencies.reach(message);
    const addressed = await addressedIn(request.text, reach.targets);
    return { planned: planQuestion(request, addressed, reach.reachable), reach };
  }

  async function run(
    turn: TurnRecord,
    control: TurnControl,
    progress: (event: TurnEvent) => void,
  ): Promise<Settlement> {
    const started = dependencies.clock.monotonic();
    const { request, present } = dependencies.request(turn.message, turn.carries);
    const { planned, reach } = await plan(turn.message, request);
    if (planned.kind === 'clarify') {
      const asked: TurnResult = { ...emptyResult(turn, request.text, 'clarify', null), answer: planned.question };
      return settle(asked, { partId: dependencies.newId(), footer: null, data: present(asked) });
    }
    const notices = new Set(planned.notice === null ? [] : [planned.notice]);
    const earlier = await dependencies.earlier(turn.message, control.signal);
    const context = conversationBefore(turn, dependencies.ledger, earlier);
    const notice = (text: string) => void notices.add(text);
    if (earlier !== null) notice(readBefore(earlier));
    const answered = await answer({ turn, request, planned, reach, control, context, progress, notice });
    const result = safeResult(resultOf(turn, request.text, answered.answer), dependencies.safe);
    const line = footer(result, {
      durationMs: dependencies.clock.monotonic() - started,
      extractive: answered.extractive,
      costUnknown: agentsWithoutCost(result.rounds),
      notices: [...notices],
    });
    const { failures } = answered.answer;
    return settle(result, {
      partId: dependencies.newId(),
      footer: line,
      data: present(result),
      failures: failures === null ? null : dependencies.safe(failures),
      // No answer is lost for want of a button.
      buttons: await dependencies.buttons(turn.message, result).catch(() => []),
    });
  }

  async function answer(work: Work): Promise<{ readonly answer: Answer; readonly extractive: boolean }> {
    const { planned, control, turn } = work;
    const roster = await dependencies.roster(planned.agents, planned.text, planned.direct === null, control.signal);
    const { moderator, extractive } = dependencies.moderate(work.request.model, turn.message, work.progress);
    const port = createPort(work, dependencies);
    const given = await moderator.answer(questionOf(work, roster, dependencies.limits), port);
    // A program that ends leaves the turn as it is, for the next start.
    if (interruptionOf(control.signal)?.kind === 'shutdown') throw control.signal.reason;
    return { answer: given, extractive: await extractive(given.rounds) };
  }

  return {
    async check(message) {
      const { request } = dependencies.request(message, null);
      await plan(message, request);
      return { retries: request.retries?.turnId ?? null };
    },
    async run(turn, control, progress) {
      try {
        return await run(turn, control, progress);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return settleError(turn, turn.message.text, error, dependencies.newId());
      }
    },
  };
}

function questionOf(work: Work, roster: readonly RosterEntry[], limits: QuestionDependencies['limits']): Question {
  const { turn, request, planned } = work;
  return {
    turnId: turn.id,
    conversation: turn.message.conversation,
    text: planned.text,
    author: turn.message.author.name,
    roster,
    known: work.reach.reachable.agents.filter(work.reach.reachable.mayRead),
    mayWrite: planned.mayWrite,
    direct: planned.direct,
    context: work.context,
    attachments: turn.message.attachments,
    sequential: request.sequential,
    maxRounds: Math.min(roundsCap, request.rounds ?? limits.maxRounds),
    maxAsks: limits.maxAsks,
    repeat: request.retries?.repeat ?? 'none',
  };
}

/** Questions and answers of this conversation, and what others said between them, oldest first; never another's. */
function conversationBefore(
  turn: TurnRecord,
  ledger: Pick<Ledger, 'conversation'>,
  earlier: Earlier | null,
): readonly ConversationMessage[] {
  const before = ledger
    .conversation(turn.message.conversation, contextMessages / 2)
    .filter((other) => other.sequence < turn.sequence);
  const own = before.toReversed().map((other) => ({ at: other.message.at, said: exchange(other) }));
  const others = (earlier?.messages ?? []).map(({ at, author, text }) => ({ at, said: [{ author, text }] }));
  if (others.length === 0) return own.flatMap(({ said }) => said);
  return [...own, ...others]
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .flatMap(({ said }) => said);
}

function exchange(turn: TurnRecord): readonly ConversationMessage[] {
  const knownTo = askedAlone(turn.result);
  const question = { author: turn.message.author.name, text: turn.result?.question ?? turn.message.text, knownTo };
  const said = turn.result?.answer ?? null;
  return said === null ? [question] : [question, { author: 'tutti', text: said, knownTo }];
}

function readBefore({ messages, cut }: Earlier): string {
  const count = messages.length;
  return `read ${cut ? 'the last ' : ''}${count} earlier message${count === 1 ? '' : 's'} of this thread`;
}

/** Who was asked the question itself and gave the answer: its session holds both. */
function askedAlone(result: TurnResult | null): readonly string[] {
  const [round, ...further] = result?.rounds ?? [];
  const [ask, ...others] = round?.asks ?? [];
  const isAlone = further.length === 0 && others.length === 0 && round?.reason === null && ask?.status === 'answered';
  return isAlone ? [ask.agent] : [];
}

function safeResult(result: TurnResult, safe: (text: string) => string): TurnResult {
  return {
    ...result,
    reason: result.reason === null ? null : safe(result.reason),
    answer: result.answer === null ? null : safe(result.answer),
    unanswered: result.unanswered.map(safe),
    disagreements: result.disagreements.map(({ topic, positions }) => ({
      topic: safe(topic),
      positions: positions.map(({ agent, claim }) => ({ agent, claim: safe(claim) })),
    })),
  };
}
