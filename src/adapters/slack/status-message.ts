import type { KnownBlock, WebClient } from '@slack/web-api';
import { escapeSlack } from '../../markdown/slack.ts';
import { cut } from '../render.ts';
import type { StatusPort } from '../status-message.ts';
import type { StatusView } from '../turn-display.ts';
import { outcomeOf } from './outcome.ts';
import type { Piece, Posting } from './posting.ts';
import { slackStyle } from './render.ts';

export const stopAction = 'tutti_stop';

/** How a status message is edited on Slack. */
export function statusEdits(client: WebClient, conversation: string): Pick<StatusPort, 'edit' | 'outcomeOf'> {
  return {
    async edit({ channel, ts }, view) {
      await client.chat.update({ channel, ts, ...contentOf(view, conversation) });
    },
    outcomeOf,
  };
}

/** The status message of one turn. */
export function statusPort(
  client: WebClient,
  posting: Posting,
  { conversation, ...place }: Pick<Piece, 'lane' | 'place' | 'since'> & { readonly conversation: string },
): StatusPort {
  return {
    ...statusEdits(client, conversation),
    async post(view, { part, again }) {
      const ts = await posting.post({ ...place, id: part, ...contentOf(view, conversation), again });
      return ts === null ? null : { channel: place.lane, ts };
    },
  };
}

const longestText = 2_900;

/** A view as Slack shows it: text for notifications, the lines, and a button to stop while there is something to stop. */
export function contentOf(
  view: StatusView,
  conversation: string,
): { readonly text: string; readonly blocks: KnownBlock[] } {
  const head = `*${escapeSlack(view.head).replaceAll('*', '')}*`;
  const rows = view.rows.map((row) => `${row.mark} ${escapeSlack(row.agent)}  ${escapeSlack(row.text)}`);
  const text = cut([head, ...rows].join('\n'), longestText, slackStyle);
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
