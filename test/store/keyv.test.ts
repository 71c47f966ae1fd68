import { describe, expect, it } from 'vitest';
import { createKeyv } from '../../src/store/keyv.ts';
import { storeForTest } from '../support/store/store.ts';

describe('keyv over the store', () => {
  it('does what keyv promises', async () => {
    const store = storeForTest();
    const keyv = createKeyv<number>(store, 'numbers');
    const other = createKeyv<number>(store, 'others');
    await keyv.set('a', 1);
    await keyv.set('b', 2);
    await other.set('a', 3);
    expect(await keyv.has('a')).toBe(true);
    expect(await keyv.getMany(['a', 'b', 'c'])).toEqual([1, 2, undefined]);
    await keyv.clear();
    expect(await keyv.has('a')).toBe(false);
    expect(await other.get('a')).toBe(3);
  });

  it('throws failures at the call that failed, and nowhere else', async () => {
    const store = storeForTest();
    const keyv = createKeyv<number>(store, 'numbers');
    store.run('DROP TABLE records');
    await expect(keyv.set('a', 1)).rejects.toThrow('no such table');
    await expect(keyv.get('a')).rejects.toThrow('no such table');
    await expect(keyv.delete('a')).rejects.toThrow('no such table');
  });
});
