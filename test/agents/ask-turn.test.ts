import { expect, test } from 'vitest';
import { turnOf } from '../../src/agents/ask-turn.ts';
import type { AskPlan } from '../../src/agents/plan-ask.ts';
import { command } from '../../src/agents/providers/command.ts';
import { search } from '../../src/agents/providers/search.ts';
import { askRequest, projectAgent } from '../support/project-agents.ts';

function plan(part: Partial<AskPlan> = {}): AskPlan {
  const agent = projectAgent({ name: 'api', directory: '/projects/api', model: 'small', command: ['agent'] });
  const key = { conversation: 'terminal:test', agent: 'api', directory: '/projects/api' };
  const session = { resume: null, session: 'uuid', sums: null };
  return { agent, key, worktree: null, provider: command, args: ['--own'], notices: [], ...session, ...part };
}

test('A turn carries what the ask, its agent and its session say', () => {
  const request = askRequest({ agent: 'api/x', prompt: 'How?', access: 'edit', askId: 'ask-1', budgetUsd: 2 });
  expect(turnOf(request, plan({ resume: 's-1', session: 's-1' }))).toEqual({
    prompt: 'How?',
    access: 'edit',
    directory: '/projects/api',
    resume: 's-1',
    session: 's-1',
    model: 'small',
    args: ['--own'],
    command: ['agent'],
    attachments: [],
    budgetUsd: 2,
    schema: null,
    agent: 'api/x',
    conversation: 'terminal:test',
    turnId: 'turn-1',
    askId: 'ask-1',
  });
});

test("The question's own model goes before the agent's", () => {
  expect(turnOf(askRequest({ agent: 'api', prompt: 'x', model: 'large' }), plan()).model).toBe('large');
});

test('The recent conversation goes before the prompt, and attached files after it', () => {
  const attachments = [{ path: '/data/a\nb.txt', type: 'text/plain' }];
  const turn = turnOf(askRequest({ agent: 'api', prompt: 'How?', attachments }), plan(), 'Before.');
  expect(turn.prompt).toBe('Before.\n\nHow?\n\nAttached files:\n- /data/a b.txt (text/plain)');
});

test('A search is given the words of the question alone', () => {
  const request = { ...askRequest({ agent: 'api', prompt: 'Rules. How does it start?' }), words: 'How does it start?' };
  expect(turnOf(request, plan({ provider: search }), 'Before.').prompt).toBe('How does it start?');
});
