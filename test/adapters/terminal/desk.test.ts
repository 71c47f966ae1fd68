import { describe, expect, it } from 'vitest';
import {
  closeTab,
  currentTab,
  newDesk,
  openTab,
  showTab,
  tabOf,
  updateTab,
} from '../../../src/adapters/terminal/desk.ts';

const names = (desk: ReturnType<typeof newDesk>) => desk.tabs.map(({ name }) => name);

describe('conversations side by side', () => {
  it('are opened once and shown', () => {
    const desk = openTab(newDesk('terminal:here'), 'terminal:plan');
    expect([names(desk), currentTab(desk).name]).toEqual([['here', 'plan'], 'plan']);
    const back = openTab(desk, 'terminal:here');
    expect([names(back), currentTab(back).name]).toEqual([['here', 'plan'], 'here']);
  });

  it('are read when they are shown', () => {
    const unread = updateTab(openTab(newDesk('terminal:a'), 'terminal:b'), 'terminal:a', (tab) => ({
      ...tab,
      unread: 3,
    }));
    expect(tabOf(showTab(unread, 0), 'terminal:a')?.unread).toBe(0);
    expect(showTab(unread, 7)).toBe(unread);
  });

  it('are left one by one, but for the last', () => {
    const two = openTab(newDesk('terminal:a'), 'terminal:b');
    const one = closeTab(two);
    expect([names(one), one.current]).toEqual([['a'], 0]);
    expect(names(closeTab(one))).toEqual(['a']);
  });
});
