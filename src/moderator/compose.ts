import { clean } from '../clean.ts';
import { addParagraphs, quote } from './append.ts';
import type { AnsweredAsk, Conclusion, Round } from './moderator.ts';

/** The mind's answer as people read it, with the disagreements and open points that it named; before citations are checked. */
export function composeAnswer({ markdown, disagreements, unanswered }: Conclusion): Promise<string> {
  const contested = disagreements.map(
    ({ topic, positions }) =>
      `They disagree on ${topic}: ${positions.map(({ agent, claim }) => `${agent} says ${claim}`).join('; ')}`,
  );
  const open = unanswered.length === 0 ? [] : [`Not answered: ${unanswered.join('; ')}`];
  return addParagraphs(markdown.trim(), [...contested, ...open].map(endSentence));
}

/** Replies as they came, each quoted under its agent's name; null where there is none. */
export function composeReplies(rounds: readonly Round[]): string | null {
  const answered = answeredAsks(rounds);
  const sections = answered.map((ask) => {
    const same = answered.filter((other) => other.agent === ask.agent);
    const count = same.length === 1 ? '' : ` (${same.indexOf(ask) + 1} of ${same.length})`;
    return `## ${ask.agent}${count}\n\n${quote(ask.outcome.result.text ?? '')}`;
  });
  return sections.length === 0 ? null : sections.join('\n\n');
}

/** Who gave no answer and why, as a paragraph for people, or null: agents whose last ask failed, in the order they were first asked. */
export function failedAgents(rounds: readonly Round[]): string | null {
  const last = new Map<string, AnsweredAsk>();
  for (const ask of rounds.flatMap((round) => round.asks)) last.set(ask.agent, ask);
  const failures = [...last.values()].filter((ask) => ask.outcome.result.status !== 'answered').map(describeFailure);
  return failures.length === 0 ? null : `Without an answer: ${failures.join('; ')}.`;
}

/** One failed ask in words: the agent and why. */
export function describeFailure(ask: AnsweredAsk): string {
  const { status, failure } = ask.outcome.result;
  const message = oneLine(failure?.message ?? '');
  const timedOut = status === 'timed-out' && !/\btime/i.test(message);
  const why = [...(timedOut || message === '' ? [words[status]] : []), ...(message === '' ? [] : [message])].join(': ');
  return `${ask.agent} (${why.replace(/[.;\s]+$/, '')})`;
}

const words: Readonly<Record<string, string>> = {
  failed: 'failed',
  'timed-out': 'timed out',
  stopped: 'stopped',
  skipped: 'not asked',
};

/** Asks that came to an answer, oldest first. */
export function answeredAsks(rounds: readonly Round[]): readonly AnsweredAsk[] {
  return rounds.flatMap((round) => round.asks).filter((ask) => ask.outcome.result.status === 'answered');
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** A provider's words inside a sentence of ours: one line, no brackets that could be a source, no HTML, code spans that end. */
function oneLine(text: string): string {
  const line = clean(text).replaceAll(/\s+/g, ' ').trim().slice(0, 300).replaceAll('[', '(').replaceAll(']', ')');
  const parts = line.split(/`+/);
  if (parts.length % 2 === 0) return line.replaceAll('`', "'").replaceAll('<', '\\<');
  return parts.map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '\\<') : `\`${part}\``)).join('');
}
