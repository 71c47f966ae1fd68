import type { TurnEvent } from '../adapters/adapter.ts';
import type { QuestionRequest } from '../commands/command.ts';
import type { Ledger, RecordedAsk, TurnRecord } from '../ledger/ledger.ts';
import { concludeReserve } from '../moderator/budget.ts';
import { conversationSoFar } from '../moderator/conversation.ts';
import type { ConversationMessage, ModeratorPort, RecordedProgress } from '../moderator/moderator.ts';
import { type AskContext, runAsk } from './asks.ts';
import type { Plan } from './plan.ts';
import type { QuestionDependencies, Reach } from './questions.ts';
import type { TurnControl } from './scheduler.ts';

export type AskPlan = Extract<Plan, { kind: 'ask' }>;

/** One question on its way: what is known of it, and how to say what happens. */
export interface Work {
  readonly turn: TurnRecord;
  readonly request: QuestionRequest;
  readonly planned: AskPlan;
  readonly reach: Reach;
  readonly control: TurnControl;
  /** Questions and answers of this conversation before it, oldest first. */
  readonly context: readonly ConversationMessage[];
  progress(event: TurnEvent): void;
  /** For the line under the answer. */
  notice(text: string): void;
}

/** How the moderator reaches agents and the ledger while it works on this question. */
export function createPort(work: Work, dependencies: QuestionDependencies): ModeratorPort {
  const { turn, planned, control, progress } = work;
  const { ledger, steps, clock, limits } = dependencies;
  const own = ledger.rounds(turn.id);
  const carried = turn.carries === null ? [] : ledger.rounds(turn.carries);
  const budget = dependencies.budget(turn.message, planned.agents);
  const end = clock.monotonic() + limits.turnMs;
  const msToEnd = () => end - clock.monotonic();
  const msToConclude = () => msToEnd() - concludeReserve(limits.turnMs);
  const context: AskContext = {
    ...contextOf(work, own),
    msLeft: planned.direct === null ? msToConclude : msToEnd,
    usdLeft: () => budget.usdLeft(null),
  };
  return {
    recorded: [...carried.map((round) => recorded(round, true)), ...own.map((round) => recorded(round, false))],
    decided: (round) => steps.record(() => ledger.decided(turn.id, round)),
    ask: (ask, _round, prompt) => runAsk(ask, prompt, context, dependencies.asks),
    newAskId: dependencies.newId,
    accessOf: (agent) => (planned.mayWrite.includes(agent) ? work.reach.writeAccess(agent) : 'read'),
    progress,
    signal: control.signal,
    msToConclude,
    msToEnd,
    bound: (usage) => (steps.full === null ? budget.bound(usage) : { reason: steps.full, conclude: false }),
    usdLeft: budget.usdLeft,
    mindStarted: (id, process) => steps.record(() => ledger.processStarted(id, turn.id, process)),
    mindEnded: (id) => steps.record(() => ledger.processEnded(id)),
  };
}

function contextOf(work: Work, own: ReturnType<Ledger['rounds']>): Omit<AskContext, 'msLeft' | 'usdLeft'> {
  const { turn, request, planned, control } = work;
  return {
    turn,
    model: planned.direct === null ? null : request.model,
    session: request.session,
    recent: conversationSoFar(work.context) || null,
    attachments: turn.message.attachments,
    signal: control.signal,
    agentSignal: control.agentSignal,
    directoryOf: work.reach.directoryOf,
    interrupted: new Map(own.flatMap((round) => round.asks.filter(wasRunning).map((ask) => [ask.id, ask]))),
    progress: work.progress,
    notice: work.notice,
  };
}

function wasRunning(ask: RecordedAsk): boolean {
  return ask.state === 'asking';
}

function recorded(round: ReturnType<Ledger['rounds']>[number], carried: boolean): RecordedProgress {
  return { number: round.number, reason: round.reason, carried, asks: round.asks };
}
