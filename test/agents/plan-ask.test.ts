import { expect, test } from 'vitest';
import type { AskRequest } from '../../src/agents/ask.ts';
import { createProviderChooser } from '../../src/agents/choose.ts';
import { freshPlan, isRefusal, planAsk } from '../../src/agents/plan-ask.ts';
import type { AgentProvider } from '../../src/agents/provider.ts';
import { command } from '../../src/agents/providers/command.ts';
import { search } from '../../src/agents/providers/search.ts';
import { createRegistry, type ProjectAgent } from '../../src/agents/registry.ts';
import { createSessions, type SessionRecord } from '../../src/agents/sessions.ts';
import { testCollections } from '../support/collections.ts';
import { askRequest, projectAgent } from '../support/project-agents.ts';

const bypassing: AgentProvider = { ...command, name: 'cli', bypassFlags: ['--yolo'] };
const local: AgentProvider = {
  ...command,
  name: 'local',
  capabilities: { ...command.capabilities, resume: 'same-directory' },
};

function planner(agent: Partial<ProjectAgent> = {}) {
  const collections = testCollections();
  const sessions = createSessions(collections.collection<SessionRecord>('sessions'));
  const providers = [command, search, bypassing, local];
  const registry = createRegistry({
    agents: [projectAgent({ name: 'Api', directory: '/projects/api', ...agent })],
    groups: [],
    addedAgents: collections.collection('agents'),
    addedGroups: collections.collection('groups'),
    timeoutMs: 1000,
    silenceMs: 1000,
  });
  const chooser = createProviderChooser({
    providers,
    environment: { PATH: '/nowhere' },
    records: collections.collection('choice'),
  });
  const tools = {
    providers,
    registry,
    sessions,
    chooser,
    worktreeDirectory: async (name: string, branch: string) => (branch === 'x/y' ? `/worktrees/${name}-x-y` : null),
  };
  const plan = (request: Partial<AskRequest> = {}) =>
    planAsk(askRequest({ agent: 'api', prompt: 'x', ...request }), tools);
  return { plan, sessions };
}

function record(part: Partial<SessionRecord> = {}): SessionRecord {
  const key = { conversation: 'terminal:test', agent: 'Api', directory: '/projects/api' };
  return { ...key, worktree: null, provider: 'command', id: 's-1', sums: null, at: '', ...part };
}

test('Without a session it begins one, under an id of ours', async () => {
  const { plan } = planner();
  const [one, other] = [await plan(), await plan()];
  if (isRefusal(one) || isRefusal(other)) throw new Error('It could have been asked.');
  expect(one).toMatchObject({ resume: null, worktree: null, key: { agent: 'Api', directory: '/projects/api' } });
  expect(one.session).toMatch(/^[0-9a-f-]{36}$/);
  expect(other.session).not.toBe(one.session);
});

test('With one it goes on, in the provider that it was begun with', async () => {
  const { plan, sessions } = planner({ provider: 'cli' });
  await sessions.save(record());
  expect(await plan()).toMatchObject({ resume: 's-1', session: 's-1', provider: { name: 'command' } });
  expect(await plan({ conversation: 'terminal:other' })).toMatchObject({ resume: null, provider: { name: 'cli' } });
});

test('A fresh plan for the same ask forgets the session and its sums', async () => {
  const { plan, sessions } = planner();
  const sums = { inputTokens: 1, outputTokens: 1, cachedTokens: 0, costUsd: null };
  await sessions.save(record({ sums }));
  const first = await plan();
  if (isRefusal(first)) throw new Error('It could have been asked.');
  expect(first.sums).toEqual(sums);
  expect(freshPlan(first)).toMatchObject({ resume: null, sums: null, key: first.key });
});

test('A worktree is everything after the first slash', async () => {
  const { plan } = planner();
  expect(await plan({ agent: 'api/x/y' })).toMatchObject({ worktree: 'x/y', key: { directory: '/worktrees/Api-x-y' } });
  expect(await plan({ agent: 'api/z' })).toMatchObject({ reason: 'crashed', directory: '/projects/api' });
});

test('Where nobody is signed in anywhere, the automatic provider is the search', async () => {
  const { plan } = planner({ provider: 'auto' });
  expect(await plan()).toMatchObject({ provider: { name: 'search' }, resume: null });
});

test('A session cannot be named to a provider that keeps none, or in a directory where it does not belong', async () => {
  const none = planner({ provider: 'search' });
  expect(await none.plan({ session: 's-1' })).toMatchObject({ reason: 'unknown-session' });
  const bound = planner({ provider: 'local' });
  await bound.sessions.save(record({ provider: 'local', directory: '/elsewhere', conversation: 'terminal:other' }));
  expect(await bound.plan({ session: 's-1' })).toMatchObject({ reason: 'unknown-session' });
  expect(await bound.plan({ session: 's-2' })).toMatchObject({ resume: 's-2' });
});

test('Arguments that bypass are passed on to a full ask alone', async () => {
  const { plan } = planner({ provider: 'cli', args: ['--model', 'x', '--yolo'], access: 'full' });
  for (const access of ['none', 'read', 'edit', 'ask'] as const) {
    const narrow = await plan({ access });
    expect(narrow).toMatchObject({ args: [], notices: [expect.stringContaining('--yolo')] });
  }
  expect(await plan({ access: 'full' })).toMatchObject({ args: ['--model', 'x', '--yolo'], notices: [] });
});
