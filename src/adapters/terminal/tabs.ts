import type { Attachment, TurnEvent } from '../adapter.ts';
import { advance, emptyProgress, type TurnProgress } from '../progress.ts';
import { type Editing, editing } from './editor.ts';

/** A question on its way: sent, queued or running. */
export interface OpenTurn {
  /** Id of the message, or of the turn where a dead process had sent it. */
  readonly key: string;
  readonly question: string;
  readonly progress: TurnProgress;
}

/** One conversation in the terminal. */
export interface Tab {
  readonly conversation: string;
  /** As people see it. */
  readonly name: string;
  /** In order; the first is the one that runs. */
  readonly turns: readonly OpenTurn[];
  /** What has come while another tab was shown. */
  readonly unread: number;
  readonly editing: Editing;
  /** Files that go with the next message. */
  readonly attachments: readonly Attachment[];
}

/** A conversation of which nothing is known yet. */
export function newTab(conversation: string, name: string): Tab {
  return { conversation, name, turns: [], unread: 0, editing: editing(), attachments: [] };
}

export function withTurn(tab: Tab, key: string, question: string): Tab {
  return { ...tab, turns: [...tab.turns, { key, question, progress: emptyProgress }] };
}

export function withoutTurn(tab: Tab, key: string): Tab {
  return { ...tab, turns: tab.turns.filter((turn) => turn.key !== key) };
}

/** What is to be seen after an event of one of its turns, at `now` (monotonic milliseconds). */
export function withEvent(tab: Tab, key: string, event: TurnEvent, now: number): Tab {
  const turns = tab.turns.map((turn) =>
    turn.key === key ? { ...turn, progress: advance(turn.progress, event, now) } : turn,
  );
  return { ...tab, turns };
}

/** The turn that a message belongs to: its own, else the first that was taken over from a dead process (which has no message here). */
export function turnFor(tab: Tab, request: string, adopted: ReadonlySet<string>): OpenTurn | null {
  return tab.turns.find(({ key }) => key === request) ?? tab.turns.find(({ key }) => adopted.has(key)) ?? null;
}

/** The tab that is meant by a number, a name or its beginning; null when none is, or more than one. */
export function findTab(tabs: readonly Tab[], written: string): number | null {
  if (/^[1-9]\d*$/u.test(written) && Number(written) <= tabs.length) return Number(written) - 1;
  const wanted = written.replace(/^terminal:/u, '').toLowerCase();
  const exact = tabs.findIndex(({ name, conversation }) => name.toLowerCase() === wanted || conversation === written);
  if (exact !== -1) return exact;
  const close = tabs.flatMap(({ name }, index) => (name.toLowerCase().startsWith(wanted) ? [index] : []));
  return close.length === 1 ? (close[0] ?? null) : null;
}
