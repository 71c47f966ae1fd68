import type { MindCall } from '../../src/moderator/moderator.ts';
import { newAskId } from './processes.ts';

/** A mind call as the moderator makes it, everything as by default. */
export function newMindCall(changes: Partial<MindCall> = {}): MindCall {
  return {
    id: newAskId(),
    signal: new AbortController().signal,
    asksLeft: 3,
    roundsLeft: 2,
    usdLeft: null,
    boundary: 'k3y',
    repair: null,
    started: () => undefined,
    ...changes,
  };
}
