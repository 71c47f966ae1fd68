import { newTab, type Tab } from './tabs.ts';

/** All conversations that are open in this terminal, and which one is shown. There is always one. */
export interface Desk {
  readonly tabs: readonly [Tab, ...Tab[]];
  readonly current: number;
}

export function newDesk(conversation: string): Desk {
  return { tabs: [newTab(conversation, nameOf(conversation))], current: 0 };
}

/** A conversation's name as people see it. */
export function nameOf(conversation: string): string {
  return conversation.replace(/^terminal:/u, '');
}

export function currentTab(desk: Desk): Tab {
  return desk.tabs[desk.current] ?? desk.tabs[0];
}

export function tabOf(desk: Desk, conversation: string): Tab | null {
  return desk.tabs.find((tab) => tab.conversation === conversation) ?? null;
}

export function updateTab(desk: Desk, conversation: string, update: (tab: Tab) => Tab): Desk {
  const [first, ...others] = desk.tabs;
  const change = (tab: Tab) => (tab.conversation === conversation ? update(tab) : tab);
  return { ...desk, tabs: [change(first), ...others.map(change)] };
}

/** Opens a conversation in a tab of its own, or finds the one it is open in; either way it is shown. */
export function openTab(desk: Desk, conversation: string): Desk {
  const known = desk.tabs.findIndex((tab) => tab.conversation === conversation);
  if (known !== -1) return showTab(desk, known);
  const tabs = [...desk.tabs, newTab(conversation, nameOf(conversation))] as const;
  return showTab({ ...desk, tabs: [tabs[0], ...tabs.slice(1)] }, tabs.length - 1);
}

/** Shows a tab: what was unread in it is read. */
export function showTab(desk: Desk, index: number): Desk {
  const tab = desk.tabs[index];
  if (tab === undefined) return desk;
  return updateTab({ ...desk, current: index }, tab.conversation, (one) => ({ ...one, unread: 0 }));
}

/** Without the shown tab; the last one stays. */
export function closeTab(desk: Desk): Desk {
  const [first, ...others] = desk.tabs.filter((_, index) => index !== desk.current);
  return first === undefined ? desk : showTab({ tabs: [first, ...others], current: 0 }, Math.max(0, desk.current - 1));
}
