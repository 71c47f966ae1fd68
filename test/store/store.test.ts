import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { startChild } from '../support/store/child.ts';
import { dataDirectory } from '../support/store/directory.ts';
import { filledDirectory } from '../support/store/filled.ts';
import { storeForTest } from '../support/store/store.ts';

const insert = `INSERT INTO records (collection, key, value) VALUES ('some', ?, '1')`;

describe('the store', () => {
  it('keeps what was written for the next process', () => {
    const directory = dataDirectory();
    const first = openStore({ directory });
    expect(first.run(insert, 'a')).toBe(1);
    first.close();
    const second = storeForTest({ directory });
    expect(second.all('SELECT key FROM records')).toEqual([{ key: 'a' }]);
    expect(second.get('SELECT key FROM records WHERE key = ?', 'b')).toBeUndefined();
  });

  it('keeps what was committed, and nothing else, when its process is killed', async () => {
    const directory = dataDirectory();
    const child = startChild('store/write-and-wait.ts', directory);
    await child.next();
    await child.kill();
    expect(storeForTest({ directory }).all('SELECT key FROM records')).toEqual([{ key: 'committed' }]);
  });

  it('notices when another process has written, and not when it has itself', async () => {
    const directory = dataDirectory();
    const store = storeForTest({ directory });
    const before = store.version();
    store.run(insert, 'own');
    expect(store.version()).toBe(before);
    const child = startChild('store/write-and-wait.ts', directory);
    await child.next();
    expect(store.version()).not.toBe(before);
  });

  it('knows which processes live, itself among them', async () => {
    const directory = dataDirectory();
    const store = storeForTest({ directory });
    const child = startChild('store/open-and-wait.ts', directory);
    const { instance } = await child.next<{ instance: string }>();
    expect([store.isAlive(store.instance), store.isAlive(instance)]).toEqual([true, true]);
    expect([store.takeDead(store.instance), store.takeDead(instance)]).toEqual([null, null]);
    await child.kill();
    expect([store.isAlive(store.instance), store.isAlive(instance)]).toEqual([true, false]);
    store.takeDead(instance)?.release();
  });

  it('removes the lock files of processes that died before anybody knew them, and no others', async () => {
    const directory = dataDirectory();
    const [dead, alive] = [
      startChild('store/open-and-wait.ts', directory),
      startChild('store/open-and-wait.ts', directory),
    ];
    await dead.next();
    const { instance } = await alive.next<{ instance: string }>();
    await dead.kill();
    const store = storeForTest({ directory });
    expect(readdirSync(join(directory, 'instances')).toSorted()).toEqual(
      [`${instance}.lock`, `${store.instance}.lock`].toSorted(),
    );
  });

  it('leaves no lock behind when it cannot be opened', () => {
    const { directory, file } = filledDirectory();
    const store = openStore({ directory });
    store.get('PRAGMA user_version = 99');
    store.close();
    expect(() => openStore({ directory })).toThrow(expect.objectContaining({ code: 'store-newer' }));
    expect(readdirSync(join(directory, 'instances'))).toEqual([]);
    expect(existsSync(file)).toBe(true);
  });
});

describe('a full disk', () => {
  it('is said as such, and nothing of the transaction is kept', () => {
    const store = storeForTest();
    store.run(insert, 'before');
    store.get('PRAGMA max_page_count = 1');
    const fill = () =>
      store.transaction(() => {
        store.run(insert, 'half');
        store.run(
          `INSERT INTO records (collection, key, value) VALUES ('some', 'big', json_quote(hex(zeroblob(100000))))`,
        );
      });
    expect(fill).toThrow(
      expect.objectContaining({ code: 'disk-full', message: expect.stringContaining(store.directory) }),
    );
    expect(store.all('SELECT key FROM records')).toEqual([{ key: 'before' }]);
    store.get('PRAGMA max_page_count = 1000000');
    fill();
    expect(store.all('SELECT key FROM records ORDER BY key')).toEqual([
      { key: 'before' },
      { key: 'big' },
      { key: 'half' },
    ]);
  });
});

describe('damage that is met while running', () => {
  it('is said as such, and the next start looks at every page', () => {
    const { directory, file } = filledDirectory();
    const store = openStore({ directory });
    harmTextIndex(file);
    const search = `SELECT count(*) AS count FROM history_text WHERE history_text MATCH '"words" *'`;
    expect(() => store.get(search)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(existsSync(`${file}-suspect`)).toBe(true);
    store.close();
    const next = storeForTest({ directory });
    expect(next.notices).toEqual([expect.stringContaining('nothing is lost')]);
    expect(next.get(search)?.count).toBeGreaterThan(100);
    expect(existsSync(`${file}-suspect`)).toBe(false);
  });
});

function harmTextIndex(file: string): void {
  const database = new DatabaseSync(file, { defensive: false });
  database.exec('UPDATE history_text_data SET block = zeroblob(length(block)) WHERE id > 10');
  database.close();
}
