import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/history/history.ts';
import { createScene } from '../support/program.ts';
import { createSurface } from '../support/surface.ts';

const access = [{ surface: 'slack', may: ['read', 'write'] }];
const script = { otherwise: { answer: 'The cache is in redis.' } };

function entries(data: unknown): readonly HistoryEntry[] {
  return (data as { entries: readonly HistoryEntry[] }).entries;
}

test('lists newest first, pages, filters and searches', async () => {
  const surface = await createSurface(createScene({ agents: ['api', 'web'], script, config: { access } }));
  await surface.ask('@api where is the cache?');
  await surface.ask('@web and the queue?', { by: 'bob' });
  const all = entries((await surface.ask('/history')).data);
  expect(all.map((entry) => entry.kind)).toEqual([
    'answer',
    'reply',
    'ask',
    'question',
    'answer',
    'reply',
    'ask',
    'question',
  ]);
  expect(entries((await surface.ask(`/history list --before ${all[3]?.id}`)).data).map((entry) => entry.id)).toEqual(
    all.slice(4).map((entry) => entry.id),
  );
  expect(entries((await surface.ask('/history list --agent @web --kind ask')).data)).toMatchObject([
    { text: 'and the queue?' },
  ]);
  expect(entries((await surface.ask('/history list --by bob --kind question')).data)).toHaveLength(1);
  expect(entries((await surface.ask('/history search cache --kind question')).data)).toMatchObject([
    { actor: 'alice' },
  ]);
  expect(entries((await surface.ask('/history list --until 1h')).data)).toEqual([]);
  expect((await surface.ask('/history search "no such words"')).markdown).toBe('Nothing was found.');
});

test('gives scripts every key of the place, null where there is nothing', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script }));
  await surface.ask('@api where is the cache?', { surface: 'terminal' });
  const place = { surface: 'terminal', workspace: null, thread: null, direct: expect.any(Boolean) };
  for (const command of ['/history list', '/history export']) {
    expect(entries((await surface.ask(command, { surface: 'terminal' })).data)[0]?.place).toMatchObject(place);
  }
  expect((await surface.ask('/history show 1', { surface: 'terminal' })).data).toMatchObject({ entry: { place } });
});

test('shows one entry whole and exports all of them', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script, config: { access } }));
  await surface.ask('@api where is the cache?');
  const [answer] = entries((await surface.ask('/history')).data);
  expect((await surface.ask(`/history show ${answer?.id}`)).data).toMatchObject({
    entry: { kind: 'answer', text: 'The cache is in redis.' },
  });
  expect((await surface.ask('/history show 999')).data).toMatchObject({ error: { code: 'not-found' } });
  const markdown = await surface.ask('/history export');
  expect(markdown.verbatim).toContain('The cache is in redis.');
  const json = await surface.ask('/history export --format json');
  expect(entries(JSON.parse(json.verbatim ?? '{}')).map((entry) => entry.kind)).toEqual([
    'question',
    'ask',
    'reply',
    'answer',
  ]);
});

test('what happened in private stays there', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script, config: { access } }));
  await surface.ask('@api a secret plan', { channel: 'D1', private: true });
  await surface.ask('@api an open plan', { channel: 'C2' });
  const seen = entries((await surface.ask('/history list --kind question')).data).map((entry) => entry.text);
  expect(seen).toEqual(['@api an open plan']);
  expect(
    entries((await surface.ask('/history list --kind question', { channel: 'D1', private: true })).data).map(
      (entry) => entry.text,
    ),
  ).toContain('@api a secret plan');
});

test('a time that is none is refused with how to write one', async () => {
  const surface = await createSurface(createScene({ agents: ['api'], script, config: { access } }));
  expect((await surface.ask('/history list --since yesterdayish')).data).toMatchObject({
    error: { code: 'usage', hint: expect.stringContaining('7d') },
  });
});
