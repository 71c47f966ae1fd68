import { expect, test } from 'vitest';
import { createSessions, type SessionRecord } from '../../src/agents/sessions.ts';
import { testCollections } from '../support/collections.ts';

function session(part: Partial<SessionRecord> = {}): SessionRecord {
  return {
    conversation: 'terminal:main',
    agent: 'api',
    directory: '/projects/api',
    worktree: null,
    provider: 'claude',
    id: 's-1',
    sums: null,
    at: '2026-01-02T03:04:05.000Z',
    ...part,
  };
}

test('A session belongs to one conversation, agent and directory', async () => {
  const sessions = createSessions(testCollections().collection('sessions'));
  const record = session();
  await sessions.save(record);
  expect(await sessions.find(record)).toEqual(record);
  expect(await sessions.find({ ...record, agent: 'API' })).toEqual(record);
  expect(await sessions.find({ ...record, conversation: 'terminal:other' })).toBeNull();
  expect(await sessions.find({ ...record, directory: '/worktrees/api' })).toBeNull();
});

test('There is never a second one: saving replaces the first', async () => {
  const sessions = createSessions(testCollections().collection('sessions'));
  await sessions.save(session());
  await sessions.save(session({ id: 's-2' }));
  expect((await sessions.list()).map((record) => record.id)).toEqual(['s-2']);
  expect(await sessions.withId('s-1')).toBeNull();
  expect((await sessions.withId('s-2'))?.agent).toBe('api');
});

test('A reset forgets an agent in one conversation, its worktrees too, and nobody else', async () => {
  const sessions = createSessions(testCollections().collection('sessions'));
  await sessions.save(session());
  await sessions.save(session({ directory: '/worktrees/x', worktree: 'x', id: 's-2' }));
  await sessions.save(session({ agent: 'web', id: 's-3' }));
  await sessions.save(session({ conversation: 'terminal:other', id: 's-4' }));
  expect(await sessions.reset('terminal:main', 'Api')).toBe(2);
  expect((await sessions.list()).map((record) => record.id)).toEqual(['s-3', 's-4']);
  expect((await sessions.list('terminal:main')).map((record) => record.id)).toEqual(['s-3']);
  await sessions.forget(session({ agent: 'web' }));
  expect(await sessions.list('terminal:main')).toEqual([]);
});
