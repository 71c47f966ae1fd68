import { clean } from '../../clean.ts';
import type { Attachment } from '../adapter.ts';
import { oneLine } from '../status.ts';
import { inputLines } from './input-lines.ts';
import { type Menu, menuLines } from './menu.ts';
import { statusLines } from './status.ts';
import type { Style } from './style.ts';
import type { Tab } from './tabs.ts';
import { clip, widthOf } from './width.ts';

/** What is to be seen at the bottom of the screen. */
export interface RegionView {
  readonly tabs: readonly Tab[];
  readonly current: number;
  /** Lines above everything else, as long as nothing was said; they give way where there is no room. */
  readonly head: readonly string[];
  readonly menu: Menu | null;
  /** What is being searched for in former lines; null when nothing is. */
  readonly searching: string | null;
  readonly style: Style;
  readonly width: number;
  readonly height: number;
  /** Monotonic milliseconds. */
  readonly now: number;
}

export interface Region {
  readonly lines: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

const prompt = '› ';
const previewRows = 10;

/** The running turn, what waits behind it, the line being typed with its menu, and the tabs. Never higher than the screen. */
export function region(view: RegionView): Region {
  const tab = view.tabs[view.current];
  if (tab === undefined) return { lines: [], cursor: { row: 0, column: 0 } };
  const height = Math.max(2, view.height - 1);
  const typed = inputLines(tab.editing, {
    prompt: view.searching === null ? prompt : `(search) ${view.searching}: `,
    width: view.width,
    rows: Math.max(1, Math.floor(height / 2)),
  });
  const bar = view.tabs.length > 1 ? [tabBar(view)] : [];
  const room = height - typed.lines.length - bar.length;
  const menu =
    view.menu === null || room < 2 ? [] : menuLines(view.menu, view.style, view.width, Math.min(8, room - 1));
  const head = view.head.length <= room - menu.length ? view.head.map((line) => clip(line, view.width)) : [];
  const above = [...head, ...aboveInput(tab, view, room - menu.length - head.length)];
  const input = typed.lines.map((line, index) =>
    index === 0 ? view.style.cyan(prompt) + line.slice(prompt.length) : line,
  );
  return {
    lines: [...above, ...(view.searching === null ? input : typed.lines), ...menu, ...bar],
    cursor: { row: above.length + typed.row, column: typed.column },
  };
}

function aboveInput(tab: Tab, view: RegionView, room: number): readonly string[] {
  const running = runningLines(tab, view);
  const waiting = tab.turns
    .slice(1)
    .map(({ question }) => view.style.dim(clip(`  queued: ${oneLine(question)}`, view.width)));
  const files = tab.attachments.map((file) => clip(`  attached: ${attachmentText(file)}`, view.width));
  const lines = [...running, ...waiting, ...files];
  if (lines.length === 0) return [];
  const blank = room > lines.length ? [''] : [];
  const shown =
    lines.length <= room
      ? lines
      : [...lines.slice(0, Math.max(0, room - 1)), view.style.dim('  …')].slice(0, Math.max(0, room));
  return [...shown, ...blank];
}

function runningLines(tab: Tab, view: RegionView): readonly string[] {
  const [turn] = tab.turns;
  if (turn === undefined) return [];
  const { progress } = turn;
  const agents = progress.agents.filter(({ state }) => state === 'waits' || state === 'works');
  const status = statusLines({ ...progress, agents }, view, { head: progress.round === 0 || progress.queued !== null });
  return [...status, ...preview(progress.answer, view), hint(view)];
}

/** The end of the answer as far as it has come. */
function preview(answer: string, view: RegionView): readonly string[] {
  if (answer === '') return [];
  const rows = clean(answer.slice(-view.width * previewRows * 2))
    .trimEnd()
    .split('\n');
  const wrapped = rows.flatMap((row) => [
    ...inputLines({ text: row, cursor: 0 }, { prompt: '  ', width: view.width, rows: previewRows }).lines,
  ]);
  return ['', ...wrapped.map((line) => (line.startsWith('  ') ? line : `  ${line}`)).slice(-previewRows)];
}

function hint(view: RegionView): string {
  const text = 'Ctrl-C stops · type to queue the next question';
  const room = view.width - 1 - widthOf(text);
  return view.style.dim(room >= 2 ? ' '.repeat(Math.min(room, 44)) + text : clip('  Ctrl-C stops', view.width));
}

function attachmentText(file: Attachment): string {
  return `${clean(file.name)} (${Math.max(1, Math.round(file.bytes / 1024))} kB)`;
}

const longestName = 20;

/** All tabs on one line: the shown one marked, what is unread counted, what runs with an ellipsis. */
function tabBar(view: RegionView): string {
  const names = view.tabs.map((tab, index) => {
    const runs = tab.turns.length > 0 ? '…' : '';
    const unread = tab.unread > 0 ? ` •${tab.unread}` : '';
    const text = ` ${index + 1} ${clip(clean(tab.name), longestName)}${runs}${unread} `;
    return index === view.current ? view.style.reverse(`[${text.trim()}]`) : text;
  });
  return clip(`  ${names.join(' ')}`, view.width);
}
