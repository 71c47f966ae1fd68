import type { AdapterHost, Choice } from '../../adapters/adapter.ts';
import type { Services } from '../../commands/services.ts';
import { firstLine } from '../../commands/table.ts';

export interface CompleteOptions {
  readonly services: Services;
  /** Paths below agents' directories that fit. */
  files(prefix: string): Promise<readonly string[]>;
}

const most = 25;

/** What may stand where somebody is typing, as far as they may see it. */
export function createComplete({ services, files }: CompleteOptions): AdapterHost['complete'] {
  return async (kind, prefix, place, author) => {
    const fits = (choice: Choice) => choice.value.toLowerCase().startsWith(prefix.replace(/^@/, '').toLowerCase());
    const agents = async () =>
      (await services.agents.list()).filter((agent) => services.rights.may({ place, author }, 'read', agent.name));
    const agentChoices = async () =>
      (await agents()).map((agent) => ({ value: agent.name, summary: firstLine(agent.description, 60) }));
    const worktrees = async () =>
      (await agents()).flatMap((agent) =>
        agent.worktrees.map((worktree) => ({ value: `${agent.name}/${worktree.branch}`, summary: 'worktree' })),
      );
    const groups = async () =>
      (await services.agents.groups()).map((group) => ({ value: group.name, summary: group.agents.join(', ') }));
    const turns = () =>
      services.turns
        .open({ place, author }, '')
        .map((turn) => ({ value: turn.turnId, summary: firstLine(turn.question, 60) }));
    const choices = await {
      agent: agentChoices,
      group: groups,
      worktree: worktrees,
      target: async () => [...(await agentChoices()), ...(await groups()), ...(await worktrees())],
      turn: async () => turns(),
      conversation: async () => turns().map((turn) => ({ value: turn.value, summary: turn.summary })),
      command: async () => services.commands().map(({ name, summary }) => ({ value: name, summary })),
      file: async () => (await files(prefix)).map((value) => ({ value, summary: '' })),
      history: async () => [],
    }[kind]();
    return (kind === 'file' ? choices : choices.filter(fits)).slice(0, most);
  };
}
