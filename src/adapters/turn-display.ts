import { duration, shortNumber } from '../format.ts';
import type { OutboxPart, TurnEvent } from './adapter.ts';
import { type AgentProgress, advance, emptyProgress, type TurnProgress } from './progress.ts';
import { failureText, headLine, oneLine } from './status.ts';

/** One line of a status message. Nothing in it is escaped. */
export interface StatusRow {
  readonly mark: '✓' | '✗' | '…' | '○';
  readonly agent: string;
  readonly text: string;
}

/** A turn as its one status message shows it. */
export interface StatusView {
  /** Null where it was taken over from a process that died. */
  readonly turnId: string | null;
  readonly head: string;
  readonly rows: readonly StatusRow[];
  /** The turn has ended: nothing can be stopped any more. */
  readonly closed: boolean;
}

export interface DisplayPort {
  /** Shows this from now on. */
  status(view: StatusView): void;
  /** An agent's reply, under its own name. */
  voice(agent: string, round: number, markdown: string): void;
}

export interface TurnDisplay {
  event(event: TurnEvent): void;
  /** The turn has ended with this part; nothing is shown after it. */
  close(part: OutboxPart): void;
}

/** How often a status is shown anew although nothing happened, so that people see that time goes on. */
const beatMs = 20_000;

/** What people see of a turn while it runs, on a surface that can edit messages: one status message, and each agent's reply as it comes. */
export function createTurnDisplay(port: DisplayPort, clock: () => number): TurnDisplay {
  let progress = emptyProgress;
  let turnId: string | null = null;
  let shown = false;
  let closed = false;
  let held: (() => void) | null = null;
  const started = clock();
  const beat = setInterval(() => show(), beatMs);
  beat.unref();

  function show(): void {
    if (!shown || closed) return;
    const head = headLine(progress) ?? 'working …';
    port.status({ turnId, head: oneLine(head), rows: rowsOf(progress, clock()), closed: false });
  }

  /** The reply of an agent that was asked alone may be the answer itself: it waits for what comes after it. */
  function speak(event: Extract<TurnEvent, { type: 'ask_end' }>): void {
    const { agent, round, text } = event;
    if (event.status !== 'answered' || text === null || text.trim() === '') return;
    const voice = () => port.voice(agent, round, text);
    if (progress.agents.length > 1) voice();
    else held = voice;
  }

  return {
    event(event) {
      if (closed) return;
      if (event.type === 'accepted') turnId = event.turnId;
      if (event.type === 'decision') {
        held?.();
        held = null;
      }
      progress = advance(progress, event, clock());
      if (event.type === 'ask_end') speak(event);
      if (event.type === 'queued' || event.type === 'ask_start' || (event.type === 'decision' && event.next === 'ask'))
        shown = true;
      if (event.type !== 'answer_text') show();
    },
    close(part) {
      if (closed) return;
      closed = true;
      clearInterval(beat);
      const head = `${stateOf(part)} · ${duration(clock() - started)}`;
      port.status({ turnId, head, rows: rowsOf(progress, clock()), closed: true });
    },
  };
}

function rowsOf({ agents }: TurnProgress, now: number): readonly StatusRow[] {
  return agents.map((agent) => ({ ...rowOf(agent, now), agent: oneLine(agent.agent) }));
}

function rowOf(agent: AgentProgress, now: number): Omit<StatusRow, 'agent'> {
  switch (agent.state) {
    case 'waits':
      return { mark: '○', text: agent.waitsFor.length === 0 ? 'waits' : `waits for ${agent.waitsFor.join(', ')}` };
    case 'works': {
      const since = agent.startedAt === null ? [] : [duration(now - agent.startedAt)];
      const tokens = agent.tokens === null ? [] : [`${shortNumber(agent.tokens)} tokens`];
      return { mark: '…', text: [oneLine(agent.activity ?? 'working').slice(0, 120), ...since, ...tokens].join(' · ') };
    }
    case 'answered':
      return {
        mark: '✓',
        text: ['answered', ...(agent.durationMs === null ? [] : [duration(agent.durationMs)])].join(' · '),
      };
    default:
      return { mark: '✗', text: failureText(agent).slice(0, 300) };
  }
}

/** How a turn ended, as one word. */
function stateOf({ data, kind }: OutboxPart): string {
  const status = typeof data === 'object' && data !== null && 'status' in data ? data.status : null;
  if (typeof status === 'string') return status === 'clarify' ? 'asks back' : status;
  return kind === 'error' ? 'failed' : 'done';
}
