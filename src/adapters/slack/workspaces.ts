import type { SharedHost } from '../adapter.ts';
import type { Removal } from './events.ts';
import { removedProblem } from './outcome.ts';
import type { Workspace } from './workspace.ts';

/** The workspaces that one app serves. */
export interface Workspaces {
  /** Null where Tutti is not installed (any more). */
  of(team: string): Workspace | null;
  all(): readonly Workspace[];
  /** Slack says that the app was removed there, or its token taken away. Rejects where that could not be recorded. */
  removed(team: string, removal: Removal): Promise<void>;
}

/** The one workspace of the token in the environment: whatever Slack sends is of it. */
export function oneWorkspace(workspace: Workspace, host: Pick<SharedHost, 'failed'>): Workspaces {
  return {
    of: () => workspace,
    all: () => [workspace],
    async removed(_, { code }) {
      host.failed(removedProblem(code));
    },
  };
}
