import type { Usage } from '../usage.ts';
import type { AskStatus, Failure, TurnEvent } from './adapter.ts';

/** One agent of the present round, as far as it got. */
export interface AgentProgress {
  readonly agent: string;
  readonly state: 'waits' | 'works' | AskStatus;
  readonly waitsFor: readonly string[];
  readonly activity: string | null;
  readonly tokens: number | null;
  /** Monotonic milliseconds. */
  readonly startedAt: number | null;
  readonly durationMs: number | null;
  readonly usage: Usage | null;
  readonly failure: Failure | null;
}

/** What is to be seen of a turn while it runs. */
export interface TurnProgress {
  readonly queued: { readonly position: number; readonly reason: string } | null;
  readonly round: number;
  /** Why there is another round; null in the first. */
  readonly reason: string | null;
  readonly agents: readonly AgentProgress[];
  /** The answer as far as it has come. */
  readonly answer: string;
  /** All agents have replied and the moderator is writing. */
  readonly concluding: boolean;
  readonly notices: readonly string[];
}

/** A turn of which nothing is known yet. */
export const emptyProgress: TurnProgress = {
  queued: null,
  round: 0,
  reason: null,
  agents: [],
  answer: '',
  concluding: false,
  notices: [],
};

/** What is to be seen after one more event, at `now` (monotonic milliseconds). */
export function advance(progress: TurnProgress, event: TurnEvent, now: number): TurnProgress {
  switch (event.type) {
    case 'accepted':
      return progress;
    case 'queued':
      return { ...progress, queued: { position: event.position, reason: event.reason } };
    case 'decision':
      return decide(progress, event);
    case 'ask_start':
      return start(progress, event, now);
    case 'ask_progress':
      return change({ ...progress, queued: null }, event.agent, (agent) => ({
        ...agent,
        state: 'works',
        startedAt: agent.startedAt ?? now,
        activity: event.activity,
        tokens: event.tokens ?? agent.tokens,
      }));
    case 'ask_end':
      return end(progress, event);
    case 'answer_text':
      return { ...progress, queued: null, answer: progress.answer + event.text };
    case 'notice':
      return { ...progress, notices: [...progress.notices, event.message] };
    case 'citations':
      return progress;
  }
}

function decide(progress: TurnProgress, event: Extract<TurnEvent, { type: 'decision' }>): TurnProgress {
  if (event.next !== 'ask') return { ...progress, queued: null, concluding: true };
  return {
    ...progress,
    queued: null,
    round: event.round,
    reason: event.reason,
    agents: event.agents.map((agent) => planned(agent)),
    answer: '',
    concluding: false,
  };
}

function planned(agent: string): AgentProgress {
  return {
    agent,
    state: 'waits',
    waitsFor: [],
    activity: null,
    tokens: null,
    startedAt: null,
    durationMs: null,
    usage: null,
    failure: null,
  };
}

function start(progress: TurnProgress, event: Extract<TurnEvent, { type: 'ask_start' }>, now: number): TurnProgress {
  const fresh = event.round > progress.round ? { ...progress, round: event.round, agents: [] } : progress;
  const open = event.waitsFor.filter((name) =>
    fresh.agents.some((agent) => agent.agent === name && (agent.state === 'waits' || agent.state === 'works')),
  );
  return change({ ...fresh, queued: null, concluding: false }, event.agent, (agent) => ({
    ...agent,
    state: open.length > 0 ? 'waits' : 'works',
    waitsFor: open,
    startedAt: open.length > 0 ? null : now,
  }));
}

function end(progress: TurnProgress, event: Extract<TurnEvent, { type: 'ask_end' }>): TurnProgress {
  const ended = change(progress, event.agent, (agent) => ({
    ...agent,
    state: event.status,
    durationMs: event.durationMs,
    usage: event.usage,
    failure: event.failure,
    activity: null,
  }));
  return {
    ...ended,
    concluding: ended.agents.every(({ state }) => state !== 'waits' && state !== 'works'),
  };
}

/** Changes one agent's line; one that nobody announced gets a line of its own. */
function change(progress: TurnProgress, name: string, update: (agent: AgentProgress) => AgentProgress): TurnProgress {
  const known = progress.agents.some(({ agent }) => agent === name);
  const agents = known ? progress.agents : [...progress.agents, planned(name)];
  return { ...progress, agents: agents.map((agent) => (agent.agent === name ? update(agent) : agent)) };
}
