import { describe, expect, it } from 'vitest';
import type { OutboxPart, TurnEvent } from '../../src/adapters/adapter.ts';
import { createTurnDisplay, type StatusView } from '../../src/adapters/turn-display.ts';

const part: OutboxPart = {
  ...{ id: 'p', turnId: 't', position: 0, kind: 'answer', markdown: 'x', footer: null, exit: 0, again: false },
  data: { status: 'answered' },
};
const decision = (...agents: string[]): TurnEvent => ({
  type: 'decision',
  round: 1,
  next: 'ask',
  reason: null,
  agents,
});
const asked = (agent: string): TurnEvent => ({ type: 'ask_start', round: 1, agent, access: 'read', waitsFor: [] });
const answered = (agent: string, text: string | null = `${agent} says`): TurnEvent => ({
  ...{
    type: 'ask_end',
    round: 1,
    agent,
    status: text === null ? 'failed' : 'answered',
    durationMs: 41_000,
    usage: null,
    text,
  },
  failure: text === null ? { reason: 'crashed', message: 'it\u001b[2J\ncrashed', stderrTail: null } : null,
});

function display() {
  const views: StatusView[] = [];
  const voices: string[] = [];
  const { event, close } = createTurnDisplay(
    {
      status: (view) => void views.push(view),
      voice: (agent, round, text) => void voices.push(`${agent} ${round}: ${text}`),
    },
    () => 1000,
  );
  return { views, voices, close, tell: (...events: readonly TurnEvent[]) => events.forEach(event) };
}

describe('what is seen of a turn', () => {
  it('is nothing before there is something to see', () => {
    const { views, tell } = display();
    tell({ type: 'accepted', turnId: 't', conversation: 'c' });
    expect(views).toEqual([]);
    tell({ type: 'queued', position: 2, reason: 'waits for 2 questions before it' });
    expect(views.at(-1)).toMatchObject({
      turnId: 't',
      head: 'queued, number 2 · waits for 2 questions before it',
      closed: false,
    });
  });

  it('is a line for each agent, and how it ended', () => {
    const { views, tell, close } = display();
    tell(decision('api', 'web', 'docs'), asked('api'), asked('web'), answered('api'), answered('docs', null));
    tell({ type: 'ask_progress', agent: 'web', activity: 'reading\nsrc/a.ts', tokens: 1200 });
    expect(views.at(-1)?.rows).toEqual([
      { mark: '✓', agent: 'api', text: 'answered · 41 s' },
      { mark: '…', agent: 'web', text: expect.stringMatching(/^reading src\/a\.ts · .* · 1\.2k tokens$/) },
      { mark: '✗', agent: 'docs', text: 'it crashed' },
    ]);
    close(part);
    expect(views.at(-1)).toMatchObject({ head: expect.stringMatching(/^answered · /), closed: true });
    const count = views.length;
    tell(answered('web'));
    expect(views).toHaveLength(count);
  });

  it('has every reply of several agents, as it comes', () => {
    const { voices, tell } = display();
    tell(decision('api', 'web'), answered('web'), answered('api'), answered('api', null));
    expect(voices).toEqual(['web 1: web says', 'api 1: api says']);
  });

  it('does not say twice what is the answer', () => {
    const alone = display();
    alone.tell(decision('api'), answered('api'));
    alone.close(part);
    expect(alone.voices).toEqual([]);
    const moderated = display();
    moderated.tell(decision('api'), answered('api'), {
      type: 'decision',
      round: 2,
      next: 'answer',
      reason: null,
      agents: [],
    });
    expect(moderated.voices).toEqual(['api 1: api says']);
  });
});
