import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AgentProvider } from '../../agents/provider.ts';
import type { ProjectAgent, Registry } from '../../agents/registry.ts';
import type { Sessions } from '../../agents/sessions.ts';
import type { AgentsService, AgentView } from '../../commands/services.ts';
import { UserError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';

export interface AgentsServiceOptions {
  readonly registry: Registry;
  readonly sessions: Sessions;
  providers(): Promise<readonly AgentProvider[]>;
  worktrees(directory: string): Promise<readonly { readonly branch: string; readonly directory: string }[]>;
  /** Whether a turn is asking the agent now. */
  working(agent: string): boolean;
  /** Where relative directories of added agents begin. */
  readonly base: string;
}

/** Agents and groups as commands see and change them. */
export function createAgentsService(options: AgentsServiceOptions): AgentsService {
  const { registry } = options;

  async function viewOf(agent: ProjectAgent): Promise<AgentView> {
    const { name, directory, provider, access, description } = agent;
    const exists = existsSync(directory);
    const status = exists ? (options.working(name) ? 'working' : 'ready') : 'missing';
    const worktrees = exists ? await options.worktrees(directory) : [];
    return { name, directory, provider, access, description, status, worktrees };
  }

  return {
    list: async () => Promise.all((await registry.agents()).map(viewOf)),
    async add(agent) {
      const directory = resolve(options.base, agent.directory);
      if (!existsSync(directory)) {
        throw new UserError('no-such-directory', `There is no directory ${directory}.`, {
          hint: 'Name the directory of a project that is there.',
          exit: 2,
        });
      }
      refuseProvider(agent.provider, await options.providers());
      await registry.add({ ...agent, directory });
    },
    remove: (name) => registry.remove(name),
    async reset(name, conversation) {
      await options.sessions.reset(conversation, name);
    },
    groups: () => registry.groups(),
    async setGroup(name, agents) {
      await registry.setGroup(name, agents);
    },
    removeGroup: (name) => registry.removeGroup(name),
  };
}

function refuseProvider(name: string, providers: readonly AgentProvider[]): void {
  const names = ['auto', ...providers.map((provider) => provider.name).filter((known) => known !== 'command')];
  if (names.includes(name)) return;
  const near = nearest(name, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There are: ${names.join(', ')}.`;
  throw new UserError('unknown-provider', `There is no provider "${name}" that an agent can be added with.`, {
    hint,
    exit: 2,
  });
}
