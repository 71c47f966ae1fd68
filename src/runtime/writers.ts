import type { ProjectAgent } from '../agents/registry.ts';
import type { Requester, RightsService } from '../commands/services.ts';
import { UserError } from '../errors.ts';

/** Agents, as far as a document may be put into their directories from a chat. */
export interface Writers {
  /** Those that somebody may let write there, as far as this person has to do with them. */
  offered(requester: Requester): Promise<readonly string[]>;
  /** Throws UserErrors: `unknown-agent`, and `denied` where this person may not let it write, or nobody may. */
  named(requester: Requester, name: string): Promise<ProjectAgent>;
}

export function createWriters(
  rights: Pick<RightsService, 'may' | 'somebody'>,
  agents: () => Promise<readonly ProjectAgent[]>,
): Writers {
  return {
    async offered(requester) {
      const knows = (agent: string) => rights.may(requester, 'write', agent) || rights.may(requester, 'read', agent);
      return (await agents())
        .filter(
          ({ name, access }) => access !== 'read' && rights.somebody(requester.place, 'write', name) && knows(name),
        )
        .map(({ name }) => name);
    },
    async named(requester, name) {
      const agent = (await agents()).find((one) => one.name === name);
      if (agent === undefined) throw new UserError('unknown-agent', `There is no agent ${name} any more.`, { exit: 2 });
      if (!rights.may(requester, 'write', agent.name)) {
        throw new UserError('denied', `You may not let ${agent.name} write here.`, {
          hint: 'It needs the right "write": whoever keeps the configuration can give it under "access".',
          exit: 4,
        });
      }
      if (agent.access === 'read') {
        throw new UserError('denied', `${agent.name} is configured to write nothing ("access: read").`, { exit: 4 });
      }
      return agent;
    },
  };
}
