import { expect, test } from 'vitest';
import type { Budget, BudgetName } from '../../../src/config/shape.ts';
import { createHistory } from '../../../src/history/sqlite.ts';
import { spentBefore, usageReport } from '../../../src/runtime/services/usage.ts';
import { openStore } from '../../../src/store/store.ts';
import { temporaryDirectory } from '../../support/project-agents.ts';
import { messageOf } from '../../support/surface.ts';

const none: Budget = { usd: null, tokens: null };
const budgets: Record<BudgetName, Budget> = {
  question: none,
  run: none,
  conversation: { usd: 3, tokens: null },
  agent: none,
  person: none,
  day: none,
};

function history(now: { at: string }) {
  const store = openStore({ directory: `${temporaryDirectory()}/data` });
  const entries = createHistory(store, () => new Date(now.at));
  const reply = (agent: string, by: string, costUsd: number | null, conversation = 'c1') =>
    entries.append({
      kind: 'reply',
      conversation,
      place: messageOf('x').place,
      actor: by,
      actorId: `U-${by}`,
      agent,
      summary: 's',
      text: null,
      sessionId: null,
      durationMs: null,
      usage: { inputTokens: 10, outputTokens: 5, cachedTokens: 0, costUsd },
      status: 'answered',
      retried: false,
    });
  return { store, reply, options: { store, budgets, now: () => new Date(now.at) } };
}

test('sums by agent, person and day; a cost that nobody named stays unknown', () => {
  const now = { at: '2026-03-09T10:00:00Z' };
  const { reply, options, store } = history(now);
  reply('api', 'alice', 1);
  now.at = '2026-03-10T10:00:00Z';
  reply('api/feature', 'bob', 0.5);
  reply('codex', 'bob', null, 'c2');
  const report = usageReport(options, undefined, { requester: messageOf('x'), conversation: 'c1' }, null);
  expect(report.total).toEqual({ inputTokens: 30, outputTokens: 15, cachedTokens: 0, costUsd: 1.5 });
  expect(report.agents.map(({ agent, usage }) => [agent, usage.costUsd])).toEqual([
    ['api', 1.5],
    ['codex', null],
  ]);
  expect(report.persons.map(({ person, usage }) => [person, usage.inputTokens])).toEqual([
    ['alice', 10],
    ['bob', 20],
  ]);
  expect(report.days.map(({ day }) => day)).toEqual(['2026-03-09', '2026-03-10']);
  expect(report.budgets).toMatchObject([{ name: 'conversation', usd: 3, used: { costUsd: 1.5 } }]);
  expect(
    usageReport(options, undefined, { requester: messageOf('x'), conversation: 'c1' }, new Date('2026-03-10')).total
      ?.inputTokens,
  ).toBe(20);
  store.close();
});

test('before a turn, days begin anew and a conversation does not', () => {
  const now = { at: '2026-03-09T10:00:00Z' };
  const { reply, options, store } = history(now);
  reply('api', 'alice', 1);
  now.at = '2026-03-10T10:00:00Z';
  reply('api', 'alice', 0.25);
  const spent = spentBefore(options, { conversation: 'c1', actorId: 'U-alice' }, ['web', 'api/feature']);
  expect([spent.question.usd, spent.conversation.usd, spent.person.usd, spent.day.usd, spent.agent.usd]).toEqual([
    0, 1.25, 0.25, 0.25, 0.25,
  ]);
  store.close();
});
