import { UserError } from '../errors.ts';
import type { History } from '../history/history.ts';
import { integer } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** What every step stands on. */
export interface Ground {
  readonly store: Store;
  readonly history: History;
  readonly now: () => Date;
  /** Real path of the configuration. */
  readonly configuration: string;
}

/** The row number of a turn that this instance owns. UserError `turn-taken` when another has it by now: then this one must leave it alone. */
export function ownedTurn(store: Store, turnId: string): number {
  const row = store.get('SELECT sequence FROM turns WHERE id = ? AND owner = ?', turnId, store.instance);
  return row === undefined ? refuse(`turn ${turnId}`) : integer(row.sequence);
}

/** The same for the turn of an ask. */
export function ownedTurnOfAsk(store: Store, askId: string): number {
  const row = store.get(
    'SELECT turns.sequence FROM asks JOIN turns ON turns.sequence = asks.turn WHERE asks.id = ? AND turns.owner = ?',
    askId,
    store.instance,
  );
  return row === undefined ? refuse(`the turn of ask ${askId}`) : integer(row.sequence);
}

/** The same for the turn of a part that is to be delivered. */
export function ownedTurnOfPart(store: Store, partId: string): number {
  const row = store.get(
    'SELECT turns.sequence FROM parts JOIN turns ON turns.sequence = parts.turn WHERE parts.id = ? AND turns.owner = ?',
    partId,
    store.instance,
  );
  return row === undefined ? refuse(`the turn of part ${partId}`) : integer(row.sequence);
}

function refuse(what: string): never {
  throw new UserError(
    'turn-taken',
    `This process does not own ${what}: it is unknown, delivered, or another's by now.`,
    {
      hint: 'Look at `tutti status`: the process that owns it goes on with it.',
    },
  );
}
