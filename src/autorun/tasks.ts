import type { ListItem, Nodes, Paragraph } from 'mdast';
import { clean } from '../clean.ts';
import { parse, rangeOf } from '../markdown/parse.ts';
import { unblocked } from '../markdown/unblocked.ts';

/** A list item with a checkbox, of any list marker, ordered too, in quotes too, at any depth, not in code. */
export interface Task {
  /** Its first paragraph in one line, without markup. */
  readonly text: string;
  /** Of the box, counted from 1. */
  readonly line: number;
  /** Offset of the one character between the brackets, in UTF-16 units. */
  readonly box: number;
  readonly done: boolean;
  /** Lists around its own. */
  readonly depth: number;
}

const byteOrderMark = '\ufeff';
const mostShown = 10;
const longestShown = 120;

/** The tasks of a markdown document, in order. Never throws. Time grows faster than the text for hostile input: see `findTasks`. */
export function tasksIn(markdown: string): readonly Task[] {
  // The parser leaves a byte order mark out, and counts without it.
  const mark = markdown.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  const source = markdown.slice(mark);
  const items: Item[] = [];
  collect(parse(source), 0, items);
  let line = 1;
  let counted = 0;
  return items.flatMap(({ node, paragraph, depth }) => {
    const box = boxIn(source, node, paragraph);
    if (box === null) return [];
    line += source.slice(counted, box).split('\n').length - 1;
    counted = box;
    return [{ text: textOf(paragraph), line, box: box + mark, done: node.checked === true, depth }];
  });
}

/** Whether there may be tasks in it, told without a parser: it may be wrong about boxes in code. */
export function mayHoldTasks(markdown: string): boolean {
  return /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t>]*)+(?:\n[ \t>]*)?\[[ \txX]\]\s/m.test(markdown);
}

/** `tasksIn` for a text of any size, without blocking this thread; none where it cannot be parsed in time. */
export async function findTasks(markdown: string, signal?: AbortSignal): Promise<readonly Task[]> {
  // Most texts have no box at all, and need no parser to say so.
  if (!/\[[ \txX]\]/.test(markdown)) return [];
  return unblocked(tasksIn, import.meta.url, [markdown], () => [], signal);
}

/** How many there are: `5 tasks, 2 done`. */
export function countTasks(tasks: readonly Task[]): string {
  const done = tasks.filter((task) => task.done).length;
  return `${tasks.length} task${tasks.length === 1 ? '' : 's'}${done === 0 ? '' : `, ${done} done`}`;
}

/** The first ten as a markdown list for a chat, in which nothing of their texts is markup. */
export function listTasks(tasks: readonly Task[]): string {
  const shown = tasks.slice(0, mostShown).map(({ done, text }) => `- [${done ? 'x' : ' '}] ${shownText(text)}`);
  const more = tasks.length - shown.length;
  return [...shown, ...(more > 0 ? ['', `… and ${more} more.`] : [])].join('\n');
}

interface Item {
  readonly node: ListItem;
  readonly paragraph: Paragraph;
  readonly depth: number;
}

function collect(node: Nodes, depth: number, into: Item[]): void {
  if (node.type === 'listItem' && typeof node.checked === 'boolean') {
    const [paragraph] = node.children;
    if (paragraph?.type === 'paragraph') into.push({ node, paragraph, depth: depth - 1 });
  }
  if (!('children' in node)) return;
  const inner = node.type === 'list' ? depth + 1 : depth;
  for (const child of node.children) collect(child, inner, into);
}

/** The parser takes the box off the paragraph: it is the last one before the paragraph's text. */
function boxIn(source: string, item: ListItem, paragraph: Paragraph): number | null {
  const start = rangeOf(item)?.start;
  const [first = paragraph] = paragraph.children;
  const text = rangeOf(first)?.start;
  if (start === undefined || text === undefined) return null;
  const found = /\[[ \txX]\](?=[^[\]]*$)/.exec(source.slice(start, text));
  return found === null ? null : start + found.index + 1;
}

function textOf(node: Nodes): string {
  return plain(node).replace(/\s+/g, ' ').trim();
}

function plain(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('children' in node) return node.children.map(plain).join('');
  if ('value' in node) return node.value;
  return 'alt' in node && typeof node.alt === 'string' ? node.alt : '';
}

function shownText(text: string): string {
  const characters = Array.from(clean(text));
  const cut = characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : characters.join('');
  // Entities and addresses would be markup too; what looks like a mention is left to the surface, which makes none.
  return cut.replace(/[\\`*_{}[\]<>()#+\-.!|~&:@]/g, '\\$&') || '(without words)';
}
