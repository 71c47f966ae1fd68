import { clean } from '../../clean.ts';
import type { TurnEvent } from '../adapter.ts';
import type { TurnProgress } from '../progress.ts';
import { headLine, oneLine } from '../status.ts';
import { failureLines, statusLines } from './status.ts';
import type { Style } from './style.ts';
import { clip, wrapWords } from './width.ts';

/** How what stays on the screen looks. */
export interface LinesView {
  readonly style: Style;
  readonly width: number;
  /** Monotonic milliseconds. */
  readonly now: number;
}

/** A question as it stands above its answer, on a screen of so many cells. */
export function questionText(question: string, style: Style, width: number): string {
  const lines = clean(question)
    .trim()
    .split('\n')
    .flatMap((line) => wrapWords(line, width - 2));
  return `${lines.map((line, index) => `${index === 0 ? style.cyan('›') : ' '} ${style.bold(line)}`).join('\n')}\n\n`;
}

/** So long a turn has to take before single replies are worth reading while others are still at work. */
const patienceMs = 3000;
const replyLines = 3;

/**
 * What an event leaves on the screen for good: the round and its reason, each agent as it ends (with the beginning of its reply,
 * where others keep people waiting), notices. Null for events that only change what moves. `progress` is that after the event.
 */
export function lastingText(event: TurnEvent, progress: TurnProgress, view: LinesView): string | null {
  switch (event.type) {
    case 'decision': {
      const head = event.next === 'ask' ? headLine(progress) : null;
      return head === null ? null : indented(head, view, view.style.dim);
    }
    case 'ask_end': {
      const index = progress.agents.findIndex(({ agent }) => agent === event.agent);
      const agent = progress.agents[index];
      if (agent === undefined) return null;
      if (agent.state !== 'answered') return `${failureLines(agent, progress, view).join('\n')}\n`;
      const line = statusLines({ ...progress, concluding: false }, view, { head: false })[index];
      return `${line}\n${replyStart(event.text, progress, view)}`;
    }
    case 'notice':
      return indented(oneLine(event.message), view, view.style.yellow);
    default:
      return null;
  }
}

function indented(text: string, view: LinesView, paint: (text: string) => string): string {
  return wrapWords(text, view.width - 2)
    .map((line) => `  ${paint(line)}\n`)
    .join('');
}

function replyStart(text: string | null, progress: TurnProgress, view: LinesView): string {
  const waiting = progress.agents.some(({ state }) => state === 'works' || state === 'waits');
  const since = Math.min(...progress.agents.map(({ startedAt }) => startedAt ?? Number.POSITIVE_INFINITY));
  if (text === null || !waiting || view.now - since < patienceMs) return '';
  const lines = clean(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const shown = lines.slice(0, replyLines).map((line) => view.style.dim(clip(`      ${line}`, view.width)));
  const left = lines.length - shown.length;
  const more = left > 0 ? [view.style.dim(`      … ${left} more line${left === 1 ? '' : 's'}`)] : [];
  return [...shown, ...more].map((line) => `${line}\n`).join('');
}
