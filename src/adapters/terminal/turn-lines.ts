import { clean } from '../../clean.ts';
import type { TurnEvent } from '../adapter.ts';
import type { TurnProgress } from '../progress.ts';
import { headLine } from '../status.ts';
import { statusLines } from './status.ts';
import type { Style } from './style.ts';
import { clip } from './width.ts';

/** How what stays on the screen looks. */
export interface LinesView {
  readonly style: Style;
  readonly width: number;
  /** Monotonic milliseconds. */
  readonly now: number;
}

/** A question as it stands above its answer. */
export function questionText(question: string, style: Style): string {
  const [first = '', ...more] = clean(question).trim().split('\n');
  return `${[`${style.cyan('›')} ${style.bold(first)}`, ...more.map((line) => `  ${style.bold(line)}`)].join('\n')}\n\n`;
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
      return head === null ? null : `${view.style.dim(clip(`  ${head}`, view.width))}\n`;
    }
    case 'ask_end': {
      const index = progress.agents.findIndex(({ agent }) => agent === event.agent);
      const line = statusLines({ ...progress, concluding: false }, view, { head: false })[index];
      return line === undefined ? null : `${line}\n${replyStart(event.text, progress, view)}`;
    }
    case 'notice':
      return `${view.style.yellow(clip(`  ${clean(event.message).replace(/\s+/gu, ' ')}`, view.width))}\n`;
    default:
      return null;
  }
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
