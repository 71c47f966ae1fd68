import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/adapters/outcome.ts';
import { createPacer } from '../../src/adapters/pacer.ts';
import { closeLeft, createStatusMessage, type StatusRecord } from '../../src/adapters/status-message.ts';
import type { StatusView } from '../../src/adapters/turn-display.ts';
import { createCollections } from '../../src/store/collections.ts';
import { storeForTest } from '../support/store/store.ts';
import { waitFor } from '../support/wait-for.ts';

const view = (head: string, closed = false): StatusView => ({ turnId: 't', head, rows: [], closed });

/** A platform that keeps messages by number, and fails as it is told to. */
function status(failures: Outcome[] = []) {
  const records = createCollections(storeForTest()).collection<StatusRecord>('status');
  const messages = new Map<string, string>();
  const posts: { readonly part: string; readonly again: boolean }[] = [];
  const clock = { now: 0 };
  const port = {
    async post({ head }: StatusView, options: { readonly part: string; readonly again: boolean }) {
      posts.push(options);
      const ts = String(posts.length);
      messages.set(ts, head);
      return { channel: 'C', ts };
    },
    async edit({ ts }: { readonly ts: string }, { head }: StatusView) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      messages.set(ts, head);
    },
    remove: async ({ ts }: { readonly ts: string }) => void messages.delete(ts),
    outcomeOf: (error: unknown) => error as Outcome,
  };
  const pacer = createPacer({ intervalMs: 0, perKeyMs: 0, clock: () => performance.now() });
  const create = () => createStatusMessage({ port, pacer, records, key: 'k', renewMs: 1000, now: () => clock.now });
  return { records, messages, posts, clock, port, create };
}

const shows = (messages: ReadonlyMap<string, string>, ...heads: readonly string[]) =>
  waitFor(() => [...messages.values()].join() === heads.join(), `${heads} is shown`);

describe('the status message of a turn', () => {
  it('is posted with the first view, edited, and forgotten when it is closed', async () => {
    const { create, messages, posts, records } = status();
    const message = create();
    message.show(view('one'));
    await shows(messages, 'one');
    message.show(view('two'));
    await shows(messages, 'two');
    message.show(view('end', true));
    await shows(messages, 'end');
    await waitFor(async () => (await records.get('k')) === undefined, 'it is forgotten');
    expect(posts).toEqual([{ part: 'status-k', again: false }]);
  });

  it('is none where nothing was to be seen before the end', async () => {
    const { create, messages } = status();
    create().show(view('end', true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(messages.size).toBe(0);
  });

  it('goes on with what a dead process posted, or may have posted', async () => {
    const { create, messages, posts, records } = status();
    await records.set('k', { channel: 'C', ts: '7' });
    create().show(view('on'));
    await waitFor(() => messages.get('7') === 'on', 'it is edited');
    await records.set('k', { channel: '', ts: null });
    create().show(view('again'));
    await waitFor(() => posts.length === 1, 'it is looked for');
    expect(posts).toEqual([{ part: 'status-k', again: true }]);
  });

  it('is closed over limits and lost answers', async () => {
    const { create, messages } = status([
      { kind: 'limited', afterMs: 5 },
      { kind: 'unsure', message: 'no answer' },
    ]);
    const message = create();
    message.show(view('one'));
    await shows(messages, 'one');
    message.show(view('end', true));
    await shows(messages, 'end');
  });

  it('goes on in a new message once it is old, and the old one goes', async () => {
    const { create, messages, posts, clock } = status();
    const message = create();
    message.show(view('one'));
    await shows(messages, 'one');
    clock.now = 2000;
    message.show(view('two'));
    await waitFor(() => posts.length === 2 && messages.size === 1, 'another stands there');
    expect([...messages]).toEqual([['2', 'two']]);
    message.show(view('end', true));
    await shows(messages, 'end');
  });
});

it('closes what nobody closes any more', async () => {
  const { port, records, messages } = status();
  await records.set('left', { channel: 'C', ts: '1' });
  await records.set('never posted', { channel: '', ts: null });
  await records.set('ours', { channel: 'C', ts: '2' });
  await closeLeft({ port, records }, (key) => key === 'ours');
  expect([...messages]).toEqual([['1', 'ended']]);
  expect(await records.get('never posted')).toBeUndefined();
  expect(await records.get('ours')).toBeDefined();
});
