import type { RoundResult, TurnStatus } from '../adapters/adapter.ts';
import { addParagraphs } from './append.ts';
import type { CheckedAnswer, CitationContext } from './citations.ts';
import { answeredAsks, composeAnswer, composeReplies, describeFailure, failedAgents } from './compose.ts';
import { isFailure, mendAnswer } from './mind-call.ts';
import type { Answer, AnsweredAsk, Conclusion, Decision, MindFailure } from './moderator.ts';
import type { MindPhase } from './prompts.ts';
import { allRounds, type ModeratedTurn, type ReachedBound, usageOf } from './turn.ts';

/** What an answer says, checked. */
type Checked = Pick<CheckedAnswer, 'markdown' | 'citations'>;

/** The mind's decision that ends the turn. A bound (`partial`) makes an answer a partial one. */
export async function finishTurn(
  turn: ModeratedTurn,
  decision: Conclusion | Extract<Decision, { next: 'clarify' }>,
  end: { readonly phase: MindPhase; readonly partial: string | null },
): Promise<Answer> {
  const round = allRounds(turn).at(-1)?.number ?? 0;
  turn.port.progress({ type: 'decision', round, next: decision.next, reason: end.partial, agents: [] });
  if (decision.next === 'clarify') return settle(turn, 'clarify', null, { markdown: decision.question, citations: [] });
  const { conclusion, checked } = await checkedAnswer(turn, decision, end.phase);
  const status = end.partial === null ? 'answered' : 'partial';
  return settle(turn, status, end.partial, checked, conclusion);
}

async function checkedAnswer(
  turn: ModeratedTurn,
  conclusion: Conclusion,
  phase: MindPhase,
): Promise<{ readonly conclusion: Conclusion; readonly checked: CheckedAnswer }> {
  const first = { conclusion, checked: await check(turn, await composeAnswer(conclusion), null) };
  if (first.checked.failures.length === 0 || turn.port.signal.aborted) return first;
  const repair = { problems: first.checked.failures, previous: JSON.stringify(conclusion) };
  const mended = await mendAnswer(turn, phase, repair);
  if (isFailure(mended) || mended.next !== 'answer') return first;
  const second = { conclusion: mended, checked: await check(turn, await composeAnswer(mended), null) };
  return second.checked.failures.length > first.checked.failures.length ? first : second;
}

/** One agent's reply as the answer, or its failure as the turn's. */
export async function settleReply(turn: ModeratedTurn, ask: AnsweredAsk): Promise<Answer> {
  const { status, text } = ask.outcome.result;
  if (status === 'answered') return settle(turn, 'answered', null, await check(turn, text ?? '', ask.agent));
  const ended: TurnStatus = status === 'timed-out' || status === 'stopped' ? status : 'failed';
  return settle(turn, ended, describeFailure(ask), null);
}

/** Stopped by a person: what has been answered by then is shown as it came. */
export async function settleStopped(turn: ModeratedTurn): Promise<Answer> {
  return settle(turn, 'stopped', stopReason(turn.port.signal.reason), await repliesThemselves(turn));
}

/** The signal's reason as words: a sentence, or something that says `by` whom. */
function stopReason(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  const by = typeof reason === 'object' && reason !== null && 'by' in reason ? reason.by : null;
  return typeof by === 'string' ? `stopped by ${by}` : 'stopped';
}

/** Without a conclusion: the replies themselves as `partial`; where there are none, the turn failed, or its time ended. */
export async function settleBroken(
  turn: ModeratedTurn,
  failure: MindFailure | null,
  bound: ReachedBound | null,
): Promise<Answer> {
  const why = [
    ...(bound === null ? [] : [bound.reason]),
    ...(failure === null ? [] : [`the moderator's model failed, ${failure.message}`]),
  ].join('; ');
  const replies = await repliesThemselves(turn);
  if (replies !== null) return settle(turn, 'partial', why, replies);
  const isTimeOver = bound?.kind === 'time' || turn.port.msToEnd() <= 0;
  const failed = failedAgents(allRounds(turn));
  return settle(turn, isTimeOver ? 'timed-out' : 'failed', failed === null ? why : `${why}. ${failed}`, null);
}

async function repliesThemselves(turn: ModeratedTurn): Promise<Checked | null> {
  const text = composeReplies(allRounds(turn));
  return text === null ? null : check(turn, text, null);
}

function check(turn: ModeratedTurn, markdown: string, agent: string | null): Promise<CheckedAnswer> {
  const rounds = allRounds(turn);
  const { known, roster } = turn.question;
  const asked = rounds.flatMap((round) => round.asks.map((ask) => ask.agent));
  const context: Omit<CitationContext, 'mask'> = {
    agent,
    known: [...new Set([...known, ...roster.map(({ name }) => name), ...asked])],
    answered: answeredAsks(rounds).map(({ agent: name, outcome }) => ({
      agent: name,
      directory: outcome.directory,
      text: outcome.result.text ?? '',
      sources: outcome.sources,
    })),
  };
  return turn.citations(markdown, context);
}

async function settle(
  turn: ModeratedTurn,
  status: TurnStatus,
  reason: string | null,
  checked: Checked | null,
  open: Pick<Answer, 'disagreements' | 'unanswered'> = { disagreements: [], unanswered: [] },
): Promise<Answer> {
  const rounds = allRounds(turn);
  const failed = failedAgents(rounds);
  if (checked !== null) turn.port.progress({ type: 'citations', citations: checked.citations });
  return {
    status,
    reason,
    markdown: checked === null ? null : await addParagraphs(checked.markdown, failed === null ? [] : [failed]),
    failures: checked === null ? null : failed,
    partial: status === 'partial',
    rounds: rounds.map(
      ({ number, reason: why, asks }): RoundResult => ({
        number,
        reason: why,
        asks: asks.map((ask) => ask.outcome.result),
      }),
    ),
    citations: checked?.citations ?? [],
    disagreements: open.disagreements,
    unanswered: open.unanswered,
    usage: usageOf(turn),
    mindUsage: turn.mindUsage,
  };
}
