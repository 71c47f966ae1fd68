import { describe, expect, it } from 'vitest';
import { findTab, newTab, turnFor, withEvent, withoutTurn, withTurn } from '../../../src/adapters/terminal/tabs.ts';

const tab = withTurn(withTurn(newTab('terminal:a', 'a'), 'm1', 'first?'), 'old', 'before?');

describe('the questions of a conversation', () => {
  it('stand in order until they are answered', () => {
    expect(tab.turns.map(({ question }) => question)).toEqual(['first?', 'before?']);
    expect(withoutTurn(tab, 'm1').turns.map(({ key }) => key)).toEqual(['old']);
  });

  it('each see their own events', () => {
    const queued = { type: 'queued', position: 1, reason: 'x' } as const;
    const [first, second] = withEvent(tab, 'old', queued, 0).turns;
    expect([first?.progress.queued, second?.progress.queued]).toEqual([null, { position: 1, reason: 'x' }]);
  });

  it('are found by their message, or as the first of those taken over', () => {
    expect(turnFor(tab, 'm1', new Set(['old']))?.key).toBe('m1');
    expect(turnFor(tab, 'gone', new Set(['old']))?.key).toBe('old');
    expect(turnFor(tab, 'gone', new Set())).toBeNull();
  });
});

describe('a tab', () => {
  const tabs = [newTab('terminal:main', 'main'), newTab('terminal:plan', 'plan'), newTab('terminal:plane', 'plane')];

  it.each([
    ['2', 1],
    ['plan', 1],
    ['terminal:plane', 2],
    ['m', 0],
    ['pl', null],
    ['9', null],
    ['other', null],
  ])('is meant by %j', (written, index) => {
    expect(findTab(tabs, written)).toBe(index);
  });
});
