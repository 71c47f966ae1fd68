import type { OutboxPart } from './adapter.ts';
import { fields, list } from './untyped.ts';

/** Whether something failed under an answer that may be asked again. */
export function mayRetry({ kind, data }: Pick<OutboxPart, 'kind' | 'data'>): boolean {
  const { status, rounds } = fields(data);
  const asks = list(rounds).flatMap((round) => list(fields(round).asks));
  const failed = asks.some((ask) => fields(ask).status !== 'answered');
  return kind === 'answer' && (failed || status === 'failed' || status === 'timed-out');
}
