import { ButtonStyle, ComponentType } from 'discord.js';
import type { Button, Press } from '../adapter.ts';
import { arranged, readPress, writePress } from '../press.ts';

/** Buttons carry all they need in their names, so they outlive a restart. */

/** What somebody pressed or chose. */
export type Pressed =
  /** `turn` is empty where it means whatever runs there. */
  | { readonly kind: 'stop'; readonly turn: string; readonly conversation: string }
  | { readonly kind: 'retry'; readonly conversation: string }
  | { readonly kind: 'press'; readonly press: Press };

const pressPrefix = 'tutti:press:';
const mostInRow = 5;
const mostInMenu = 25;
const longestLabel = 80;

/** Stops a turn (null: whatever runs in the conversation). */
export function stopButton(turn: string | null, conversation: string): readonly unknown[] {
  return [row([button('Stop', `tutti:stop:${turn ?? ''}:${conversation}`)])];
}

/** Asks again what failed in the last question of the conversation. */
export function retryButton(conversation: string): readonly unknown[] {
  return [row([button('Retry', `tutti:retry:${conversation}`)])];
}

/** What may be pressed, or chosen, under a message. */
export function pressRows(buttons: readonly Button[]): readonly unknown[] {
  const { row: shown, menu } = arranged(buttons);
  const options = menu
    .slice(0, mostInMenu)
    .map(({ label, press }) => ({ label: label.slice(0, longestLabel), value: writePress(press) }));
  const select = {
    type: ComponentType.StringSelect,
    custom_id: `${pressPrefix}menu`,
    placeholder: 'Save for …',
    options,
  };
  const rows: unknown[] = options.length === 0 ? [] : [row([select])];
  for (let from = 0; from < shown.length; from += mostInRow)
    rows.push(row(shown.slice(from, from + mostInRow).map(({ label, press }) => button(label, pressName(press)))));
  return rows;
}

/** Which button it is, or what was chosen of a menu; null where it is none of ours. */
export function pressed(customId: string, chosen: string | null): Pressed | null {
  const [, turn, stopped] = /^tutti:stop:([^:]*):(.*)$/.exec(customId) ?? [];
  if (turn !== undefined && stopped !== undefined) return { kind: 'stop', turn, conversation: stopped };
  const [, retried] = /^tutti:retry:(.+)$/.exec(customId) ?? [];
  if (retried !== undefined) return { kind: 'retry', conversation: retried };
  const press = customId.startsWith(pressPrefix) ? readPress(chosen ?? customId.slice(pressPrefix.length)) : null;
  return press === null ? null : { kind: 'press', press };
}

function pressName(press: Press): string {
  return `${pressPrefix}${writePress(press)}`;
}

function button(label: string, customId: string): unknown {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: label.slice(0, longestLabel),
    custom_id: customId,
  };
}

function row(components: readonly unknown[]): unknown {
  return { type: ComponentType.ActionRow, components };
}
