import type { Citation, RoundResult, TurnStatus } from '../adapters/adapter.ts';
import { answeredAsks, composeAnswer, describeFailure, failedAgents, replyHeading } from './compose.ts';
import { isFailure, mendAnswer } from './mind-call.ts';
import type { Answer, AnsweredAsk, Conclusion, Decision, MindFailure } from './moderator.ts';
import type { MindPhase } from './prompts.ts';
import { allRounds, type ModeratedTurn, type ReachedBound, usageOf } from './turn.ts';

/** What may be cited, and how an answer names it. */
export interface CitationScope {
  /** `mind`: `[agent:path:line]`. `agent`: also a bare `path:line`, which is that agent's. */
  readonly mode: 'mind' | 'agent';
  readonly agent?: string;
  readonly answered: readonly {
    readonly agent: string;
    readonly directory: string;
    readonly text: string;
    readonly sources: AnsweredAsk['outcome']['sources'];
  }[];
  /** All agents that may be named; one that was not asked is `not-said-by-agent`. */
  readonly known: readonly string[];
}

export interface CheckedCitations {
  readonly markdown: string;
  readonly citations: readonly Citation[];
  /** Sentences for the mind's repair call. */
  readonly failures: readonly string[];
}

export type CheckCitations = (markdown: string, scope: CitationScope) => Promise<CheckedCitations>;

/** The mind's decision that ends the turn. A bound (`partial`) makes an answer a partial one. */
export async function finishTurn(
  turn: ModeratedTurn,
  decision: Conclusion | Extract<Decision, { next: 'clarify' }>,
  end: { readonly phase: MindPhase; readonly partial: string | null },
  citations: CheckCitations,
): Promise<Answer> {
  const round = allRounds(turn).at(-1)?.number ?? 0;
  turn.port.progress({ type: 'decision', round, next: decision.next, reason: end.partial, agents: [] });
  if (decision.next === 'clarify') return settle(turn, 'clarify', null, plain(decision.question));
  const { conclusion, checked } = await checkedAnswer(turn, decision, end.phase, citations);
  const { disagreements, unanswered } = conclusion;
  const status = end.partial === null ? 'answered' : 'partial';
  return settle(turn, status, end.partial, checked, { disagreements, unanswered });
}

async function checkedAnswer(
  turn: ModeratedTurn,
  conclusion: Conclusion,
  phase: MindPhase,
  citations: CheckCitations,
): Promise<{ readonly conclusion: Conclusion; readonly checked: CheckedCitations }> {
  const scope: CitationScope = { mode: 'mind', ...sources(turn) };
  const checked = await citations(composeAnswer(conclusion), scope);
  if (checked.failures.length === 0 || turn.port.signal.aborted) return { conclusion, checked };
  const repair = { problems: checked.failures, previous: JSON.stringify(conclusion) };
  const mended = await mendAnswer(turn, phase, repair);
  if (isFailure(mended) || mended.next !== 'answer') return { conclusion, checked };
  const again = await citations(composeAnswer(mended), scope);
  return again.failures.length > checked.failures.length
    ? { conclusion, checked }
    : { conclusion: mended, checked: again };
}

/** One agent's reply as the answer, or its failure as the turn's. */
export async function settleReply(turn: ModeratedTurn, ask: AnsweredAsk, citations: CheckCitations): Promise<Answer> {
  const { status, text } = ask.outcome.result;
  if (status === 'answered') {
    return settle(
      turn,
      'answered',
      null,
      await citations(text ?? '', { mode: 'agent', agent: ask.agent, ...sources(turn) }),
    );
  }
  const ended: TurnStatus = status === 'timed-out' || status === 'stopped' ? status : 'failed';
  return settle(turn, ended, describeFailure(ask), null);
}

/** Stopped by a person: what has been answered by then is shown as it came. */
export async function settleStopped(turn: ModeratedTurn, citations: CheckCitations): Promise<Answer> {
  const { reason } = turn.port.signal;
  const why = typeof reason === 'string' ? reason : 'stopped';
  return settle(turn, 'stopped', why, await repliesThemselves(turn, citations));
}

/** Without a conclusion: the replies themselves as `partial`; where there are none, the turn failed, or its time ended. */
export async function settleBroken(
  turn: ModeratedTurn,
  failure: MindFailure | null,
  bound: ReachedBound | null,
  citations: CheckCitations,
): Promise<Answer> {
  const why = [bound?.reason, failure === null ? null : `the moderator's model failed: ${failure.message}`];
  const reason = why.filter((part) => part !== null && part !== undefined).join('; ');
  const replies = await repliesThemselves(turn, citations);
  if (replies !== null) return settle(turn, 'partial', reason, replies);
  const isTimeOver = bound?.kind === 'time' || turn.port.msToEnd() <= 0;
  const failed = failedAgents(allRounds(turn));
  const full = failed === null ? reason : `${reason}. ${failed}`;
  return settle(turn, isTimeOver ? 'timed-out' : 'failed', full, null);
}

async function repliesThemselves(turn: ModeratedTurn, citations: CheckCitations): Promise<CheckedCitations | null> {
  const rounds = allRounds(turn);
  const answered = answeredAsks(rounds);
  if (answered.length === 0) return null;
  const text = answered
    .map((ask) => `## ${replyHeading(ask, rounds)}\n\n${ask.outcome.result.text ?? ''}`)
    .join('\n\n');
  return citations(text, { mode: 'mind', ...sources(turn) });
}

function sources(turn: ModeratedTurn): Pick<CitationScope, 'answered' | 'known'> {
  const rounds = allRounds(turn);
  return {
    answered: answeredAsks(rounds).map(({ agent, outcome }) => ({
      agent,
      directory: outcome.directory,
      text: outcome.result.text ?? '',
      sources: outcome.sources,
    })),
    known: [
      ...new Set([
        ...turn.question.roster.map((entry) => entry.name),
        ...rounds.flatMap((round) => round.asks.map((ask) => ask.agent)),
      ]),
    ],
  };
}

function plain(markdown: string): CheckedCitations {
  return { markdown, citations: [], failures: [] };
}

function settle(
  turn: ModeratedTurn,
  status: TurnStatus,
  reason: string | null,
  checked: CheckedCitations | null,
  open: Pick<Answer, 'disagreements' | 'unanswered'> = { disagreements: [], unanswered: [] },
): Answer {
  const rounds = allRounds(turn);
  const failed = failedAgents(rounds);
  if (checked !== null) turn.port.progress({ type: 'citations', citations: checked.citations });
  return {
    status,
    reason,
    markdown: checked === null ? null : [checked.markdown, ...(failed === null ? [] : [failed])].join('\n\n'),
    partial: status === 'partial',
    rounds: rounds.map(
      ({ number, reason: why, asks }): RoundResult => ({
        number,
        reason: why,
        asks: asks.map((ask) => ask.outcome.result),
      }),
    ),
    citations: checked?.citations ?? [],
    ...open,
    usage: usageOf(turn),
    mindUsage: turn.mindUsage,
  };
}
