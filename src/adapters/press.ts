import type { Button, Press } from './adapter.ts';

/** Buttons as surfaces name them: all they need is in the name, so they outlive a restart. */

const mostButtons = 5;

/** At most 60 characters, the longest name of an agent included. */
export function writePress(press: Press): string {
  return `${press.kind}:${press.turn}${press.kind === 'save' ? `:${press.agent}` : ''}`;
}

/** Reads what was written; null for anything else. */
export function readPress(written: string): Press | null {
  const [, kind = '', turn = '', agent] = /^(tasks|save|ask):([\w-]{1,40})(?::(.{1,100}))?$/u.exec(written) ?? [];
  if (kind === 'save') return agent === undefined ? null : { kind, turn, agent };
  return (kind === 'tasks' || kind === 'ask') && agent === undefined ? { kind, turn } : null;
}

/** Buttons that stand in a row, and those that are too many for it and become a menu. */
export interface Arranged {
  readonly row: readonly Button[];
  readonly menu: readonly Button[];
}

/** Up to five agents stand in a row, each with its button; more of them are a menu. */
export function arranged(buttons: readonly Button[]): Arranged {
  const isSave = ({ press }: Button) => press.kind === 'save';
  if (buttons.filter(isSave).length <= mostButtons) return { row: buttons, menu: [] };
  return { row: buttons.filter((button) => !isSave(button)), menu: buttons.filter(isSave) };
}
