import { describe, expect, it } from 'vitest';
import type { HistoryFilter } from '../../src/history/history.ts';
import { sourceOf } from '../../src/history/select.ts';
import { entryWith, historyForTest, second } from '../support/store/history.ts';

describe('filters', () => {
  it.each<[string, Omit<HistoryFilter, 'limit'>, string]>([
    ['nothing', {}, '654321'],
    ['an agent, with its worktrees', { agent: 'api' }, '42'],
    ['one worktree', { agent: 'api/feature-x' }, '4'],
    ['a kind', { kind: 'ask' }, '52'],
    ['a person by name', { by: 'Bob' }, '63'],
    ['a person by id', { by: 'U-bob' }, '6'],
    ['a conversation', { conversation: 'terminal:two' }, '65'],
    ['a period', { since: second(2), until: second(4) }, '432'],
    ['words', { query: 'limit' }, '41'],
    ['a word in the summary', { query: 'special' }, '3'],
    ['the beginning of a word', { query: 'lim*' }, '41'],
    ['a phrase', { query: '"rate limit"' }, '4'],
    ['words in any case and without their accents', { query: 'CAFE' }, '5'],
    ['words that stand together nowhere', { query: 'limit special' }, ''],
    ['a value that is only in what it is filtered by', { query: 'terminal' }, ''],
    ['words and everything else', { query: 'limit', agent: 'api', kind: 'reply', by: 'Alice', since: second(3) }, '4'],
    ['what was before an entry', { before: '3' }, '21'],
    ['words before an entry', { query: 'limit', before: '4' }, '1'],
    ['no word at all', { query: '"-"' }, ''],
    ['an entry that never was', { before: 'nonsense' }, ''],
  ])('by %s', (_, filter, expected) => {
    const { history } = filled();
    expect(
      history
        .list({ ...filter, limit: 10 })
        .map((entry) => entry.id)
        .join(''),
    ).toBe(expected);
    expect(
      [...history.export(filter)]
        .map((entry) => entry.id)
        .toReversed()
        .join(''),
    ).toBe(expected);
  });

  it('walk through an index, never along all rows, where anything is filtered', () => {
    const { store } = filled();
    for (const filter of [
      { agent: 'api' },
      { query: 'limit', kind: 'ask' as const },
      { by: 'Bob', since: second(2) },
    ]) {
      const source = sourceOf(store, filter);
      const conditions = source?.conditions ?? [];
      const plan = store
        .all(
          `EXPLAIN QUERY PLAN SELECT history.* FROM ${source?.from} WHERE ${conditions.map((each) => each.sql).join(' AND ')}
            ORDER BY ${source?.number} DESC LIMIT 5`,
          ...conditions.flatMap((each) => each.values),
        )
        .map((row) => String(row.detail));
      expect(plan[0]).toContain('history_text VIRTUAL TABLE INDEX');
      expect(plan[1]).toContain('SEARCH history USING INTEGER PRIMARY KEY');
      expect(plan.join()).not.toContain('TEMP B-TREE');
    }
  });
});

function filled() {
  const tools = historyForTest();
  const entries = [
    entryWith({ text: 'the limit of the rate', kind: 'question' }),
    entryWith({ text: 'nothing of note', kind: 'ask', agent: 'api' }),
    entryWith({ summary: 'something special', actor: 'Bob' }),
    entryWith({ text: 'a rate limit', agent: 'api/feature-x' }),
    entryWith({ text: 'in the café', kind: 'ask', conversation: 'terminal:two', agent: 'apis' }),
    entryWith({ actor: 'Bob', actorId: 'U-bob', conversation: 'terminal:two' }),
  ];
  entries.forEach((entry, index) => {
    tools.at(index + 1).append(entry);
  });
  return tools;
}
