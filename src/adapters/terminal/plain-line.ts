import { clean } from '../../clean.ts';
import { duration } from '../../format.ts';
import type { TurnEvent } from '../adapter.ts';
import { failureText, oneLine } from '../status.ts';

/** What happened, as a line that is printed once and stays: for pipes that show progress and for screen readers. Null: not worth one. */
export function plainLine(event: TurnEvent): string | null {
  switch (event.type) {
    case 'queued':
      return `Queued, number ${event.position}: ${oneLine(event.reason)}`;
    case 'decision':
      if (event.next !== 'ask') return null;
      return `${event.round > 1 ? `Round ${event.round}${because(event.reason)}: a` : 'A'}sking ${event.agents.join(', ')}.`;
    case 'ask_end':
      if (event.status === 'answered') return `${event.agent} answered${after(event.durationMs)}.`;
      return `${event.agent}: ${failureText({ state: event.status, failure: event.failure })}`;
    case 'notice':
      return clean(event.message);
    default:
      return null;
  }
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${oneLine(reason)})`;
}

function after(ms: number | null): string {
  return ms === null ? '' : ` after ${duration(ms)}`;
}
