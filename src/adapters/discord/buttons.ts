import { ButtonStyle, ComponentType } from 'discord.js';

/** Buttons carry all they need in their names, so they outlive a restart. */

/** What somebody pressed. */
export type Pressed =
  /** `turn` is empty where it means whatever runs there. */
  | { readonly kind: 'stop'; readonly turn: string; readonly conversation: string }
  | { readonly kind: 'retry'; readonly conversation: string };

/** Stops a turn (null: whatever runs in the conversation). */
export function stopButton(turn: string | null, conversation: string): readonly unknown[] {
  return row('Stop', `tutti:stop:${turn ?? ''}:${conversation}`);
}

/** Asks again what failed in the last question of the conversation. */
export function retryButton(conversation: string): readonly unknown[] {
  return row('Retry', `tutti:retry:${conversation}`);
}

/** Which button it is; null where it is none of ours. */
export function pressed(customId: string): Pressed | null {
  const [, turn, stopped] = /^tutti:stop:([^:]*):(.*)$/.exec(customId) ?? [];
  if (turn !== undefined && stopped !== undefined) return { kind: 'stop', turn, conversation: stopped };
  const [, retried] = /^tutti:retry:(.+)$/.exec(customId) ?? [];
  return retried === undefined ? null : { kind: 'retry', conversation: retried };
}

function row(label: string, customId: string): readonly unknown[] {
  const button = { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id: customId };
  return [{ type: ComponentType.ActionRow, components: [button] }];
}
