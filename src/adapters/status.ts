import { clean } from '../clean.ts';
import type { AgentProgress, TurnProgress } from './progress.ts';

/** One line that says what is going on as a whole; null when there is nothing to say. */
export function headLine(progress: TurnProgress): string | null {
  if (progress.queued !== null) {
    const place = progress.queued.position > 0 ? `queued, number ${progress.queued.position}` : 'waiting';
    return `${place} · ${oneLine(progress.queued.reason)}`;
  }
  if (progress.round === 0) return progress.concluding ? 'writing the answer …' : 'deciding whom to ask …';
  if (progress.round === 1) return `asking ${progress.agents.map(({ agent }) => agent).join(', ')} …`;
  const reason = progress.reason === null ? '' : ` · ${oneLine(progress.reason)}`;
  return `round ${progress.round}${reason}`;
}

/** How an agent ended that did not answer: one line, with what to do where that is known. */
export function failureText(agent: Pick<AgentProgress, 'state' | 'failure'>): string {
  const words: Readonly<Record<string, string>> = {
    'timed-out': 'timed out',
    stopped: 'stopped',
    skipped: 'not asked',
  };
  const state = words[agent.state] ?? 'failed';
  return agent.failure === null ? state : oneLine(agent.failure.message);
}

/** Clean text on one line: what agents do and why they fail comes from outside. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/gu, ' ').trim();
}
