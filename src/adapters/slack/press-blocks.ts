import type { KnownBlock, Button as SlackButton } from '@slack/web-api';
import type { Button, Press } from '../adapter.ts';
import { arranged, readPress, writePress } from '../press.ts';
import { fields, text } from '../untyped.ts';

/** Slack tells the buttons of a message apart by what follows. */
const action = 'tutti_press:';
export const retryAction = 'tutti_retry';
const longestLabel = 75;

/** A text of at most 3,000 characters as a block, shown whole. */
export function section(written: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: written }, expand: true };
}

/** What may be pressed, or chosen, under a message. */
export function pressBlock(buttons: readonly Button[]): KnownBlock {
  const { row, menu } = arranged(buttons);
  const options = menu.map(({ label, press }) => ({ text: plain(label), value: writePress(press) }));
  const select = {
    type: 'static_select' as const,
    action_id: `${action}menu`,
    placeholder: plain('Save for …'),
    options,
  };
  return { type: 'actions', elements: [...(menu.length === 0 ? [] : [select]), ...row.map(buttonOf)] };
}

/** Asks again what failed in the last question of the conversation. */
export function retryBlock(conversation: string): KnownBlock {
  const value = JSON.stringify({ conversation });
  return { type: 'actions', elements: [{ type: 'button', action_id: retryAction, value, text: plain('Retry') }] };
}

/** What somebody pressed or chose; null where it is none of these. */
export function pressedIn(element: unknown): Press | null {
  const { action_id: id, value, selected_option: chosen } = fields(element);
  return text(id).startsWith(action) ? readPress(text(value) || text(fields(chosen).value)) : null;
}

function buttonOf({ label, press }: Button, index: number): SlackButton {
  return { type: 'button', action_id: `${action}${index}`, value: writePress(press), text: plain(label) };
}

function plain(label: string): { readonly type: 'plain_text'; readonly text: string } {
  return { type: 'plain_text', text: label.slice(0, longestLabel) };
}
