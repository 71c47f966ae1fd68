import type { InboundMessage, Revision } from '../adapters/adapter.ts';
import type { Ledger, TurnRecord } from '../ledger/ledger.ts';

export interface ReviseDependencies {
  readonly ledger: Pick<Ledger, 'find' | 'revise'>;
  /** Refuses with a UserError what could not be run anyway. */
  check(message: InboundMessage): Promise<unknown>;
  /** Masks secrets and removes control characters. */
  safe(text: string): string;
  stop(turn: TurnRecord, by: string): Promise<void>;
}

/**
 * What becomes of a question when its author edits or deletes it: one that waits is changed or dropped, one that runs and is deleted is
 * stopped. Commands, and edits that come too late, stay as they are.
 */
export function createRevise(dependencies: ReviseDependencies): (revision: Revision) => Promise<void> {
  const { ledger, safe } = dependencies;
  return async ({ surface, id, text, by }) => {
    const turn = ledger.find(surface, id);
    if (turn === null || turn.kind !== 'question' || turn.state === 'settled') return;
    if (text === null) return dependencies.stop(turn, by);
    if (turn.message.command !== undefined || text === turn.message.text) return;
    const message: InboundMessage = { ...turn.message, text: safe(text), edited: true };
    await dependencies.check(message);
    ledger.revise(turn.id, message);
  };
}
