import type { Json } from './workspace.ts';

/** The documented limits, taken strictly: what is only sometimes refused is refused here always. */

/** Calls in a minute, by method. */
const perMinute: Readonly<Record<string, number>> = {
  'chat.update': 50,
  'chat.delete': 50,
  'conversations.replies': 50,
  'conversations.history': 50,
  'conversations.info': 50,
  'reactions.add': 50,
  'agents.sessions.setStatus': 50,
  'users.info': 100,
  'chat.postEphemeral': 100,
  'views.open': 100,
  'views.publish': 100,
  'usergroups.list': 20,
};
const minuteMs = 60_000;

export interface RateLimiter {
  /** Seconds to wait, or null where the call may be made. */
  take(method: string, channel: string | null): number | null;
}

export function createRateLimiter(postIntervalMs: number): RateLimiter {
  const posts = new Map<string, number>();
  const calls = new Map<string, number[]>();
  return {
    take(method, channel) {
      const now = performance.now();
      if (method === 'chat.postMessage' && channel !== null) {
        const last = posts.get(channel);
        if (last !== undefined && now - last < postIntervalMs)
          return Math.max(1, Math.ceil((postIntervalMs - (now - last)) / 1000));
        posts.set(channel, now);
        return null;
      }
      const most = perMinute[method];
      if (most === undefined) return null;
      const recent = (calls.get(method) ?? []).filter((at) => now - at < minuteMs);
      if (recent.length >= most) return Math.ceil((minuteMs - (now - (recent[0] ?? now))) / 1000);
      calls.set(method, [...recent, now]);
      return null;
    },
  };
}

const longestText = 4000;

/** The platform's name for what is wrong with a message; null where it is fine. */
export function messageProblem(args: Json): string | null {
  const text = typeof args.text === 'string' ? args.text : '';
  const blocks = blocksOf(args);
  if (blocks === null) return 'invalid_blocks_format';
  if (text === '' && blocks.length === 0 && args.markdown_text === undefined) return 'no_text';
  if (text.length > longestText) return 'msg_too_long';
  if (args.markdown_text !== undefined && (text !== '' || blocks.length > 0)) return 'markdown_text_conflict';
  if (String(args.markdown_text ?? '').length > 12_000) return 'msg_too_long';
  const markdown = blocks
    .filter(({ type }) => type === 'markdown')
    .reduce((sum, { text: inner }) => sum + String(inner ?? '').length, 0);
  if (markdown > 12_000) return 'msg_too_long';
  if (blocks.filter(({ type }) => type === 'table').length > 1) return 'invalid_attachments';
  if (blocks.length > 50 || blocks.some(isBadBlock)) return 'invalid_blocks';
  return null;
}

/** The blocks of a call; null where they are none. */
export function blocksOf(args: Json): readonly Json[] | null {
  if (args.blocks === undefined || args.blocks === '') return [];
  try {
    const parsed: unknown = typeof args.blocks === 'string' ? JSON.parse(args.blocks) : args.blocks;
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isBadBlock(block: Json): boolean {
  const text = lengthOf(block.text);
  if (String(block.block_id ?? '').length > 255) return true;
  switch (block.type) {
    case 'section':
      return text > 3000 || (block.text !== undefined && text === 0);
    case 'header':
      return text > 150;
    case 'context':
      return listOf(block.elements).length > 10 || listOf(block.elements).length === 0;
    case 'actions':
      return listOf(block.elements).length > 25 || listOf(block.elements).some(isBadElement);
    case 'markdown':
    case 'divider':
    case 'table':
      return isBadTable(block);
    case 'rich_text':
    case 'input':
      return false;
    default:
      return true;
  }
}

/** Rows of cells, of which none is empty. */
function isBadTable({ rows, column_settings: columns }: Json): boolean {
  const lines = Array.isArray(rows) ? rows : [];
  const isBadCell = (cell: Json) => cell.type !== 'rich_text' || /"text":""/.test(JSON.stringify(cell));
  return (
    lines.length === 0 ||
    lines.length > 100 ||
    listOf(columns).length > 20 ||
    lines.some((row) => listOf(row).length === 0 || listOf(row).length > 20 || listOf(row).some(isBadCell))
  );
}

function isBadElement(element: Json): boolean {
  return (
    lengthOf(element.text) > 75 ||
    String(element.value ?? '').length > 2000 ||
    listOf(element.options).length > 100 ||
    listOf(element.options).some(({ text, value }) => lengthOf(text) > 75 || String(value ?? '').length > 150) ||
    (element.type === 'static_select' && listOf(element.options).length === 0) ||
    String(element.action_id ?? '').length > 255
  );
}

function lengthOf(text: unknown): number {
  if (typeof text === 'string') return text.length;
  return typeof text === 'object' && text !== null && 'text' in text ? String(text.text).length : 0;
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
