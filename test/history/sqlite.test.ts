import { describe, expect, it } from 'vitest';
import { entryWith, historyForTest, second } from '../support/store/history.ts';

describe('the history', () => {
  it('lists the newest first, page after page, in the order of the rows whatever the clock says', () => {
    const { at, history } = historyForTest();
    for (let number = 1; number <= 25; number += 1) at(100 - number).append(entryWith({ summary: String(number) }));
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = history.list({ limit: 7, ...(before === undefined ? {} : { before }) });
      seen.push(...page.map((entry) => entry.summary));
      before = page.at(-1)?.id;
      if (page.length < 7) break;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(25 - index)));
  });

  it('keeps nothing of an entry whose transaction failed', () => {
    const { history, store } = historyForTest();
    expect(() =>
      store.transaction(() => {
        history.append(entryWith({ text: 'never' }));
        throw new Error('stopped here');
      }),
    ).toThrow('stopped here');
    expect(history.list({ limit: 5 })).toEqual([]);
    expect(history.list({ limit: 5, query: 'never' })).toEqual([]);
  });

  it('has no entry where the id is none', () => {
    const { history } = historyForTest();
    history.append(entryWith());
    for (const id of ['2', '0', '', 'x', '1; DROP TABLE history', '9'.repeat(40), '-1', '1.5']) {
      expect(history.get(id), id).toBeNull();
    }
  });

  it('exports the oldest first, all of it, and not what is added meanwhile', () => {
    const { history, store } = historyForTest();
    store.transaction(() => {
      for (let number = 1; number <= 1203; number += 1) history.append(entryWith());
    });
    const exported = history.export({});
    const ids: string[] = [];
    for (const entry of exported) {
      if (ids.length === 3) history.append(entryWith());
      ids.push(entry.id);
    }
    expect(ids).toEqual(Array.from({ length: 1203 }, (_, index) => String(index + 1)));
  });

  it('removes what is older than its retention, some at a time, and finds it no more', () => {
    const { at, history } = historyForTest();
    for (let number = 1; number <= 10; number += 1) at(number).append(entryWith({ text: `word${number}` }));
    expect(history.prune(second(6), 3)).toBe(3);
    expect(history.prune(second(6), 3)).toBe(2);
    expect(history.prune(second(6), 3)).toBe(0);
    expect(history.list({ limit: 20 }).map((entry) => entry.id)).toEqual(['10', '9', '8', '7', '6']);
    expect(history.list({ limit: 5, query: 'word5' })).toEqual([]);
    expect(history.list({ limit: 5, query: 'word6' })).toHaveLength(1);
    expect(history.list({ limit: 5, conversation: 'terminal:one' })).toHaveLength(5);
  });

  it('finds a long text by its beginning, keeps all of it, and removes it without a trace', () => {
    const { at, history, store } = historyForTest();
    const text = `first ${'word '.repeat(20_000)} last`;
    at(1).append(entryWith({ text }));
    expect(history.list({ limit: 5, query: 'first word' })).toMatchObject([{ text }]);
    expect(history.list({ limit: 5, query: 'last' })).toEqual([]);
    store.run(`INSERT INTO history_text (history_text) VALUES ('rebuild')`);
    expect(history.list({ limit: 5, query: 'last' })).toEqual([]);
    history.prune(second(10));
    expect(history.list({ limit: 5, query: 'first' })).toEqual([]);
    expect(() =>
      store.run(`INSERT INTO history_text (history_text, rank) VALUES ('integrity-check', 1)`),
    ).not.toThrow();
  });

  it('gives no row number twice, also after the newest were removed', () => {
    const { at, history } = historyForTest();
    at(1).append(entryWith());
    at(2).append(entryWith());
    history.prune(second(10));
    expect(at(11).append(entryWith()).id).toBe('3');
  });
});
