import { expect, test } from 'vitest';
import { createHistory } from '../../src/history/sqlite.ts';
import { sumUsage } from '../../src/history/usage.ts';
import { openStore } from '../../src/store/store.ts';
import { temporaryDirectory } from '../support/project-agents.ts';

test('sums only what may be seen, and only entries that used something', () => {
  const store = openStore({ directory: `${temporaryDirectory()}/data` });
  const entries = createHistory(store);
  const append = (channel: string, isPrivate: boolean, used: boolean) =>
    entries.append({
      kind: 'reply',
      conversation: channel,
      place: { surface: 'slack', workspace: 'W', channel, direct: false, private: isPrivate },
      actor: 'alice',
      agent: 'api',
      summary: 's',
      text: null,
      sessionId: null,
      durationMs: null,
      usage: used ? { inputTokens: 1, outputTokens: 2, cachedTokens: 3, costUsd: null } : null,
      status: 'answered',
      retried: false,
    });
  append('C1', false, true);
  append('C2', false, true);
  append('D1', true, true);
  append('C1', false, false);
  expect(sumUsage(store, 'total', {})).toEqual([
    { name: '', usage: { inputTokens: 3, outputTokens: 6, cachedTokens: 9, costUsd: null } },
  ]);
  const visible = {
    conversation: 'C1',
    surface: 'slack',
    workspace: 'W',
    channel: 'C1',
    publicOfWorkspace: true,
    agents: ['api'],
  };
  expect(sumUsage(store, 'agents', { visible })).toMatchObject([{ name: 'api', usage: { inputTokens: 2 } }]);
  expect(sumUsage(store, 'total', { conversation: 'D1' })).toMatchObject([{ usage: { inputTokens: 1 } }]);
  expect(sumUsage(store, 'total', { conversation: 'none' })).toEqual([]);
  store.close();
});
