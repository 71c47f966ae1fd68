import type { Visibility } from '../history/history.ts';
import type { AccessRule, Requester } from './access.ts';
import { allowed } from './rules.ts';

/**
 * What of the history, sessions, usage, queue and status somebody may see here: this conversation, this channel, and public channels
 * of the same workspace, each as far as it is about agents that this person may read. Everything (undefined) on the terminal.
 */
export function visibilityFor(
  rules: readonly AccessRule[],
  requester: Requester,
  conversation: string,
  agents: readonly string[],
): Visibility | undefined {
  const { place } = requester;
  if (place.surface === 'terminal') return undefined;
  return {
    conversation,
    surface: place.surface,
    workspace: place.workspace ?? null,
    channel: place.channel,
    publicOfWorkspace: place.workspace !== undefined,
    agents: agents.filter((agent) => allowed(rules, requester, 'read', agent)),
  };
}
