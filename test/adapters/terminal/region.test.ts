import { describe, expect, it } from 'vitest';
import { newDesk, openTab, updateTab } from '../../../src/adapters/terminal/desk.ts';
import { edit } from '../../../src/adapters/terminal/editor.ts';
import { type RegionView, region } from '../../../src/adapters/terminal/region.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';
import { type Tab, withEvent, withTurn } from '../../../src/adapters/terminal/tabs.ts';
import { widthOf } from '../../../src/adapters/terminal/width.ts';

const rest = { head: [], menu: null, searching: null, style: createStyle(false), width: 60, height: 24, now: 0 };
const view = (update: (tab: Tab) => Tab, more: Partial<RegionView> = {}): RegionView => ({
  ...updateTab(newDesk('terminal:a'), 'terminal:a', update),
  ...rest,
  ...more,
});
const typed = (text: string) => (tab: Tab) => ({ ...tab, editing: edit(tab.editing, { type: 'insert', text }) });
const agents = Array.from({ length: 40 }, (_, index) => `agent${index}`);
const busy = (tab: Tab) =>
  withEvent(
    withTurn(withTurn(tab, 'm1', 'first?'), 'm2', 'second\nquestion?'),
    'm1',
    { type: 'decision', round: 1, next: 'ask', reason: null, agents },
    0,
  );
const file = { name: 'a.png', path: '/a.png', type: 'image/png', bytes: 34_000 };

describe('the bottom of the screen', () => {
  it('is the prompt when nothing else is there', () => {
    expect(region(view(typed('why?')))).toEqual({ lines: ['› why?'], cursor: { row: 0, column: 6 } });
  });

  it('shows what runs, what waits and what is attached above it', () => {
    const few = (tab: Tab) => {
      const running = withTurn(withTurn(tab, 'm1', 'first?'), 'm2', 'second\nquestion?');
      return withEvent({ ...running, attachments: [file] }, 'm1', { type: 'answer_text', text: 'So far.' }, 0);
    };
    const { lines, cursor } = region(view(few));
    expect(lines).toEqual([
      '  deciding whom to ask …',
      '',
      '  So far.',
      expect.stringContaining('Ctrl-C stops'),
      '  queued: second question?',
      '  attached: a.png (33 kB)',
      '',
      '› ',
    ]);
    expect(cursor).toEqual({ row: 7, column: 2 });
  });

  it.each([
    [60, 24],
    [24, 10],
    [10, 4],
    [80, 3],
  ])('fits into %i × %i and keeps the prompt', (width, height) => {
    const menu = {
      from: 0,
      prefix: '',
      choices: agents.map((value) => ({ value, summary: 'about it' })),
      picked: null,
    };
    const { lines, cursor } = region(view((tab) => busy(typed('some words to wrap')(tab)), { width, height, menu }));
    expect(lines.length).toBeLessThan(height);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
    expect(lines[cursor.row]).toMatch(/^[› ] /u);
  });

  it('begins with its head where there is room for it', () => {
    const head = ['banner', ''];
    expect(region(view(typed('why?'), { head })).lines).toEqual(['banner', '', '› why?']);
    expect(region(view(typed('why?'), { head, height: 3 })).lines).toEqual(['› why?']);
  });

  it('names the tabs when there is more than one, with what is unread and what runs', () => {
    const two = updateTab(openTab(newDesk('terminal:a'), 'terminal:b'), 'terminal:a', (tab) => ({
      ...withTurn(tab, 'm1', 'x'),
      unread: 2,
    }));
    expect(region({ ...two, ...rest }).lines.at(-1)).toBe('   1 a… •2  [2 b]');
  });

  it('shows what is searched for', () => {
    expect(region(view(typed('alpha one'), { searching: 'alp' })).lines).toEqual(['(search) alp: alpha one']);
  });
});
