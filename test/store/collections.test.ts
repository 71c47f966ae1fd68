import { describe, expect, it } from 'vitest';
import { createCollections } from '../../src/store/collections.ts';
import { openStore } from '../../src/store/store.ts';
import { dataDirectory } from '../support/store/directory.ts';
import { storeForTest } from '../support/store/store.ts';

describe('collections', () => {
  it('keep records by key, apart from each other', async () => {
    const collections = createCollections(storeForTest());
    const sessions = collections.collection<{ id: string }>('sessions');
    const groups = collections.collection<readonly string[]>('groups');
    await sessions.set('one', { id: 'a' });
    await groups.set('one', ['api', 'web']);
    expect(await sessions.get('one')).toEqual({ id: 'a' });
    expect(await groups.get('one')).toEqual(['api', 'web']);
    expect(await sessions.get('two')).toBeUndefined();
    await sessions.set('one', { id: 'b' });
    expect(await sessions.get('one')).toEqual({ id: 'b' });
    expect(await sessions.delete('one')).toBe(true);
    expect(await sessions.delete('one')).toBe(false);
    expect(await sessions.get('one')).toBeUndefined();
    expect(await groups.get('one')).toEqual(['api', 'web']);
  });

  it('give their entries in order of the keys, whatever these look like', async () => {
    const collection = createCollections(storeForTest()).collection<number>('any');
    for (const key of ['terminal:b', 'a', "x'y", 'any:c', '%']) await collection.set(key, key.length);
    const entries: (readonly [string, number])[] = [];
    for await (const entry of collection.entries()) entries.push(entry);
    expect(entries).toEqual([
      ['%', 1],
      ['a', 1],
      ['any:c', 5],
      ['terminal:b', 10],
      ["x'y", 3],
    ]);
  });

  it('outlive the process that wrote them', async () => {
    const directory = dataDirectory();
    const first = openStore({ directory });
    await createCollections(first).collection<string>('settings').set('theme', 'dark');
    first.close();
    const settings = createCollections(storeForTest({ directory })).collection<string>('settings');
    expect(await settings.get('theme')).toBe('dark');
  });

  it('forget a record when its time has passed, and the next start removes it', async () => {
    const store = storeForTest();
    const cache = createCollections(store).collection<string>('cache');
    await cache.set('short', 'x', { ttl: 1 });
    await cache.set('long', 'y', { ttl: 60_000 });
    await expect.poll(() => cache.get('short')).toBeUndefined();
    expect(await cache.get('long')).toBe('y');
    await cache.set('short', 'x', { ttl: 1 });
    await expect
      .poll(() => {
        createCollections(store);
        return store.all('SELECT key FROM records').map((row) => row.key);
      })
      .toEqual(['long']);
  });

  it('reject when nothing can be recorded, and keep what they had', async () => {
    const store = storeForTest();
    const collection = createCollections(store).collection<string>('any');
    await collection.set('kept', 'x');
    store.get('PRAGMA max_page_count = 1');
    await expect(collection.set('big', 'y'.repeat(100_000))).rejects.toMatchObject({ code: 'disk-full' });
    expect(await collection.get('kept')).toBe('x');
  });
});
