import { describe, expect, it } from 'vitest';
import { baseOf, facetExpression } from '../../src/history/facets.ts';
import { entryWith, historyForTest } from '../support/store/history.ts';

describe('the words an entry is filtered by', () => {
  it('are none where nothing is filtered', () => {
    expect(facetExpression({})).toBeNull();
  });

  it('are the ones that the schema gives to an entry', () => {
    const { history, store } = historyForTest();
    const place = { surface: 'slack', workspace: 'T1', channel: 'C1', direct: false, private: false };
    history.append(
      entryWith({ kind: 'ask', agent: 'api/feature-x', actorId: 'U1', place, conversation: 'slack:C1:"17.3"' }),
    );
    history.append(entryWith());
    const found = (expression: string | null) =>
      store
        .all('SELECT rowid FROM history_text WHERE history_text MATCH ?', `facets : (${expression})`)
        .map((row) => row.rowid);
    for (const filter of [
      { kind: 'ask' },
      { conversation: 'slack:C1:"17.3"' },
      { by: 'U1' },
      { agent: 'api' },
      { agent: 'api/other' },
      {
        visible: {
          conversation: 'x',
          surface: 'slack',
          workspace: 'T1',
          channel: 'C1',
          publicOfWorkspace: false,
          agents: ['api'],
        },
      },
      {
        visible: {
          conversation: 'x',
          surface: 'slack',
          workspace: 'T1',
          channel: 'C9',
          publicOfWorkspace: true,
          agents: ['api'],
        },
      },
    ] as const) {
      expect(found(facetExpression(filter)), JSON.stringify(filter)).toEqual([1]);
    }
    expect(found(facetExpression({ by: 'Alice' }))).toEqual([1, 2]);
    expect(found(facetExpression({ kind: 'ask', by: 'Bob' }))).toEqual([]);
  });

  it('cannot be broken out of by a value', () => {
    expect(facetExpression({ by: '" OR "x' })).toMatch(/^"u[0-9a-f]+"$/);
  });
});

it('nests a worktree under its agent', () => {
  expect([baseOf('api'), baseOf('api/feature/x')]).toEqual(['api', 'api']);
});
