import type { KnownBlock, WebClient } from '@slack/web-api';
import { escapeSlack } from '../../markdown/slack.ts';
import type { SurfaceRecords } from '../adapter.ts';
import type { Pacer } from '../pacer.ts';
import type { StatusView } from '../turn-display.ts';
import { outcomeOf } from './outcome.ts';
import type { Piece, Posting } from './posting.ts';

/** Where a turn's status message stands; without a ts, it may have been posted. */
export interface StatusRecord {
  readonly channel: string;
  readonly ts: string | null;
}

export interface StatusOptions {
  readonly client: WebClient;
  readonly posting: Posting;
  readonly pacer: Pacer;
  readonly records: SurfaceRecords<StatusRecord>;
  /** The message that the turn answers. */
  readonly key: string;
  readonly place: Pick<Piece, 'channel' | 'thread' | 'since'>;
  readonly conversation: string;
}

/** The one status message of a turn: posted with the first view, edited, and closed even where an earlier process posted it. */
export interface StatusMessage {
  show(view: StatusView): void;
}

export const stopAction = 'tutti_stop';
const keptMs = 30 * 86_400_000;
const closingAttempts = 5;

export function createStatusMessage(options: StatusOptions): StatusMessage {
  const { client, posting, pacer, records, key, place } = options;
  let latest: StatusView | null = null;
  let posted: Promise<Posted> | null = null;

  async function post(view: StatusView): Promise<Posted> {
    const before = await records.get(key);
    if (before !== undefined && before.ts !== null) return { ts: before.ts, isNew: false };
    // A view that is closed already is worth a message only where there is one.
    if (view.closed && before === undefined) return { ts: null, isNew: false };
    const { channel } = place;
    await records.set(key, { channel, ts: null }, { ttl: keptMs });
    const content = contentOf(view, options.conversation);
    const ts = await posting.post({ ...place, id: `status-${key}`, ...content, again: before !== undefined });
    await records.set(key, { channel, ts }, { ttl: keptMs });
    return { ts, isNew: before === undefined };
  }

  async function edit(): Promise<void> {
    const view = latest;
    const ts = (await posted)?.ts ?? null;
    if (view === null || ts === null) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.chat.update({ channel: place.channel, ts, ...contentOf(view, options.conversation) });
        if (view.closed) await records.delete(key);
        return;
      } catch (error) {
        const outcome = outcomeOf(error);
        const again = outcome.kind === 'limited' || (outcome.kind === 'unsure' && view.closed);
        if (!again || attempt >= closingAttempts) return;
        await new Promise((resolve) =>
          setTimeout(resolve, outcome.kind === 'limited' ? outcome.afterMs : attempt * 1000).unref(),
        );
      }
    }
  }

  return {
    show(view) {
      latest = view;
      const isFirst = posted === null;
      posted ??= post(view).catch(() => ({ ts: null, isNew: false }));
      void posted.then(({ ts, isNew }) => {
        // What was posted just now shows this view already.
        if (ts === null || (isFirst && isNew && !view.closed)) return;
        return pacer.submit(key, edit, { urgent: view.closed });
      });
    },
  };
}

interface Posted {
  readonly ts: string | null;
  readonly isNew: boolean;
}

/** Closes what a process left open that died after it had answered: nobody else does. */
export async function closeLeft(
  { client, records }: Pick<StatusOptions, 'client' | 'records'>,
  isOurs: (key: string) => boolean,
): Promise<void> {
  const left: (readonly [string, StatusRecord])[] = [];
  for await (const entry of records.entries()) left.push(entry);
  for (const [key, { channel, ts }] of left) {
    if (isOurs(key)) continue;
    const view = { turnId: null, head: 'ended', rows: [], closed: true };
    if (ts !== null) await client.chat.update({ channel, ts, ...contentOf(view, '') }).catch(() => undefined);
    await records.delete(key);
  }
}

const longestText = 2_900;

/** A view as Slack shows it: text for notifications, the lines, and a button to stop while there is something to stop. */
export function contentOf(
  view: StatusView,
  conversation: string,
): { readonly text: string; readonly blocks: KnownBlock[] } {
  const head = `*${escapeSlack(view.head).replaceAll('*', '')}*`;
  const rows = view.rows.map((row) => `${row.mark} ${escapeSlack(row.agent)}  ${escapeSlack(row.text)}`);
  const text = cut([head, ...rows].join('\n'));
  const blocks: KnownBlock[] = [{ type: 'section', text: { type: 'mrkdwn', text } }];
  if (!view.closed) {
    const value = JSON.stringify({ conversation, turn: view.turnId });
    blocks.push({
      type: 'actions',
      elements: [{ type: 'button', action_id: stopAction, value, text: { type: 'plain_text', text: 'Stop' } }],
    });
  }
  return { text, blocks };
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText).replace(/&[a-z]*$|[\ud800-\udbff]$/, '')} …`;
}
