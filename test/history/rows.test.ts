import { expect, it } from 'vitest';
import { entryWith, historyForTest } from '../support/store/history.ts';

it('gives back every field of an entry as it was appended', () => {
  const { at, history } = historyForTest();
  const full = entryWith({
    kind: 'reply',
    conversation: 'slack:C1:17.3',
    place: { surface: 'slack', workspace: 'T1', channel: 'C1', thread: '17.3', direct: false, private: false },
    actor: 'Åsa "the" O’Brien',
    agent: 'api/feature-x',
    summary: 'A summary',
    text: 'Some\ntext with 🙂 and \u0000',
    sessionId: 'session',
    durationMs: 1234,
    usage: { inputTokens: 1, outputTokens: 2, cachedTokens: 3, costUsd: 0.5 },
    status: 'answered',
    retried: true,
  });
  const appended = at(5).append({ ...full, agents: ['api'], actorId: 'U1' });
  expect(appended).toEqual({ ...full, id: '1', at: '2026-01-01T00:00:05.000Z' });
  expect(history.get('1')).toEqual(appended);
  const empty = at(6).append(entryWith({ place: null }));
  expect(history.get('2')).toEqual(empty);
});
