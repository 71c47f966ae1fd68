import type { SharedHost } from '../adapter.ts';
import type { Removal } from './events.ts';
import { removedProblem } from './outcome.ts';
import type { Workspace } from './workspace.ts';

/** The workspaces that one app serves. */
export interface Workspaces {
  /** Null where Tutti is not installed (any more). */
  of(team: string): Workspace | null;
  all(): readonly Workspace[];
  /** Whether Tutti is installed there, also where Slack does not let it in at the moment. */
  has(team: string): Promise<boolean>;
  /** Slack says that the app was removed there, or its token taken away. Rejects where that could not be recorded. */
  removed(team: string, removal: Removal): Promise<void>;
}

/** Clocks differ a little. */
const clocksMs = 2_000;

/** Whether Slack speaks of an installation that ended before this time (milliseconds since 1970): it came late. */
export function isLate({ at }: Removal, since: number): boolean {
  return at < since - clocksMs;
}

/** The one workspace of the token in the environment: whatever Slack sends is of it. `since`: when the token served for the first time. */
export function oneWorkspace(workspace: Workspace, since: number, host: Pick<SharedHost, 'failed'>): Workspaces {
  return {
    of: () => workspace,
    all: () => [workspace],
    has: async () => true,
    async removed(_, removal) {
      if (!isLate(removal, since)) host.failed(removedProblem(removal.code));
    },
  };
}
