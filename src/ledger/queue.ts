import type { Store } from '../store/store.ts';

/** Who waits behind whom in a conversation: in the order of the row numbers, unless a person moved or held something. */

/** SQL that a queue is ordered by. Between two row numbers there is always room. */
export const queueOrder = 'coalesce(turns.queue_rank, turns.sequence)';

/** Puts a waiting turn before the one at the position (from 1) among the waiting turns of its conversation; behind all where there are fewer. */
export function move(store: Store, turnId: string, position: number): void {
  store.transaction(() => {
    const waiting = store.all(
      `SELECT turns.id, ${queueOrder} AS rank FROM turns
        WHERE conversation = (SELECT conversation FROM turns WHERE id = ?) AND state = 'accepted' AND kind = 'question' AND id <> ?
        ORDER BY rank`,
      turnId,
      turnId,
    );
    const ranks = waiting.map((row) => Number(row.rank));
    const next = ranks[Math.max(1, position) - 1];
    const previous = ranks[Math.max(1, position) - 2];
    const rank =
      next === undefined ? (ranks.at(-1) ?? 0) + 0.5 : previous === undefined ? next - 0.5 : (previous + next) / 2;
    store.run(`UPDATE turns SET queue_rank = ? WHERE id = ? AND state = 'accepted'`, rank, turnId);
  });
}

/** Lets others of its conversation pass a waiting turn, or lets it go on. */
export function holdTurn(store: Store, turnId: string, held: boolean): void {
  store.run(`UPDATE turns SET held = ? WHERE id = ? AND state = 'accepted'`, held ? 1 : 0, turnId);
}
