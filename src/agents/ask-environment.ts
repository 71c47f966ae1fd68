import { askVariable } from './process-table.ts';
import type { Turn } from './provider.ts';

/**
 * The environment of one run: the cleaned one that all children get, the agent's own variables, and what a `command` agent is told.
 * `extra` (a mind's phase) comes last.
 */
export function askEnvironment(
  base: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  turn: Turn,
  extra: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    ...base,
    ...own,
    TUTTI_AGENT: turn.agent,
    TUTTI_CONVERSATION: turn.conversation,
    TUTTI_SESSION: turn.session,
    ...(turn.resume === null ? {} : { TUTTI_RESUMED: '1' }),
    TUTTI_TURN: turn.turnId,
    TUTTI_ACCESS: turn.access,
    TUTTI_ATTACHMENTS: JSON.stringify(turn.attachments.map((attachment) => attachment.path)),
    ...extra,
    [askVariable]: turn.askId,
  };
}
