import { clean } from '../clean.ts';
import type { AnsweredAsk, Conclusion, Round } from './moderator.ts';

/** The mind's answer as people read it: with the disagreements and open points that it named, before citations are checked. */
export function composeAnswer(conclusion: Conclusion): string {
  const disagreements = conclusion.disagreements.map(
    ({ topic, positions }) =>
      `They disagree on ${topic}: ${positions.map(({ agent, claim }) => `${agent} says ${claim}`).join('; ')}.`,
  );
  const unanswered = conclusion.unanswered.length === 0 ? [] : [`Not answered: ${conclusion.unanswered.join('; ')}.`];
  return [conclusion.markdown.trim(), ...disagreements, ...unanswered].join('\n\n');
}

/** Who failed and why, as one paragraph for people, or null: agents whose last ask has no answer, in the order they were asked. */
export function failedAgents(rounds: readonly Round[]): string | null {
  const last = new Map<string, AnsweredAsk>();
  for (const ask of rounds.flatMap((round) => round.asks)) last.set(ask.agent, ask);
  const failures = [...last.values()].filter((ask) => ask.outcome.result.status !== 'answered').map(describeFailure);
  return failures.length === 0 ? null : `Without an answer: ${failures.join('; ')}.`;
}

/** One failed ask in words. */
export function describeFailure(ask: AnsweredAsk): string {
  const { status, failure } = ask.outcome.result;
  const message = oneLine(failure?.message ?? '');
  const why = message === '' ? status : status === 'timed-out' ? `timed out, ${message}` : message;
  return `${ask.agent} (${why.replace(/[.;\s]+$/, '')})`;
}

/** Answered asks, oldest first; those that can stand in an answer. */
export function answeredAsks(rounds: readonly Round[]): readonly AnsweredAsk[] {
  return rounds.flatMap((round) => round.asks).filter((ask) => ask.outcome.result.status === 'answered');
}

/** The heading under which a reply is shown as it came. */
export function replyHeading(ask: AnsweredAsk, rounds: readonly Round[]): string {
  const replies = answeredAsks(rounds).filter((other) => other.agent === ask.agent);
  return replies.length === 1 ? ask.agent : `${ask.agent} (${replies.indexOf(ask) + 1} of ${replies.length})`;
}

/** Provider words inside a sentence of ours: one line, no source marker, no open code span. */
function oneLine(text: string): string {
  const line = clean(text).replaceAll(/\s+/g, ' ').replaceAll('[', '(').replaceAll(']', ')').trim().slice(0, 300);
  return line.split('`').length % 2 === 1 ? line : line.replaceAll('`', "'");
}
