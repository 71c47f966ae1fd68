import { clean } from '../../clean.ts';
import type { Choice } from '../adapter.ts';
import type { Style } from './style.ts';
import { clip, column, widthOf } from './width.ts';

/** The choices under the line being typed. */
export interface Menu {
  readonly from: number;
  readonly prefix: string;
  readonly choices: readonly Choice[];
  /** Index of the one that is marked; null when none was picked yet, so that Enter sends the line as it stands. */
  readonly picked: number | null;
  /** The text has changed since: still shown, but not to be chosen from before it was looked up again. */
  readonly stale?: true;
}

const rows = 8;

/** A menu with the next (1) or the former (-1) choice marked, round and round. */
export function pick(menu: Menu, step: 1 | -1): Menu {
  const count = menu.choices.length;
  if (count === 0) return menu;
  const start = menu.picked ?? (step === 1 ? -1 : count);
  return { ...menu, picked: (start + step + count) % count };
}

/** The lines of a menu: a window of choices around the marked one, with their summaries. */
export function menuLines(menu: Menu, style: Style, width: number, most = rows): readonly string[] {
  const count = menu.choices.length;
  const shown = Math.min(most, count);
  const first = Math.max(0, Math.min((menu.picked ?? 0) - Math.floor(shown / 2), count - shown));
  const window = menu.choices.slice(first, first + shown);
  const names = Math.min(Math.max(0, ...window.map(({ value }) => widthOf(value))), Math.max(8, Math.floor(width / 2)));
  const lines = window.map((choice, index) => {
    const name = column(clean(choice.value), names);
    const text = column(`  ${name}  ${clean(choice.summary).replace(/\s+/gu, ' ')}`, width - 1).trimEnd();
    return first + index === menu.picked ? style.reverse(text) : paint(text, names, style);
  });
  const hidden = count - shown;
  return hidden > 0 ? [...lines, style.dim(clip(`  … ${hidden} more`, width - 1))] : lines;
}

function paint(text: string, names: number, style: Style): string {
  return `${text.slice(0, 2 + names)}${style.dim(text.slice(2 + names))}`;
}
