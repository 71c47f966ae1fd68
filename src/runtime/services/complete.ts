import { setTimeout as after } from 'node:timers/promises';
import type { AdapterHost, Choice } from '../../adapters/adapter.ts';
import type { Requester, Services } from '../../commands/services.ts';
import { firstLine } from '../../commands/table.ts';

export interface CompleteOptions {
  readonly services: Services;
  /** Known at once, as the lists of services are not: those look at directories and ask git. */
  agents(): Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Paths below a directory of an agent that this person may ask. */
  files(prefix: string, mayAsk: (agent: string) => boolean): Promise<readonly string[]>;
}

const most = 25;
/** Names that are known are not kept back for those that are not. */
const patienceMs = 1_000;

/** What may stand where somebody is typing, as far as they may see it. */
export function createComplete({ services, agents, files }: CompleteOptions): AdapterHost['complete'] {
  const { rights, turns, history } = services;
  const mayAsk = (requester: Requester) => (agent: string) => rights.may(requester, 'read', agent);

  async function agentChoices(requester: Requester): Promise<readonly Choice[]> {
    const asked = (await agents()).filter(({ name }) => mayAsk(requester)(name));
    return asked.map(({ name, description }) => ({ value: name, summary: firstLine(description, 60) }));
  }

  async function worktreeChoices(requester: Requester): Promise<readonly Choice[]> {
    const listed = (await services.agents.list()).filter(({ name }) => mayAsk(requester)(name));
    return listed.flatMap(({ name, worktrees }) =>
      worktrees.map(({ branch }) => ({ value: `${name}/${branch}`, summary: 'worktree' })),
    );
  }

  /** A group is known to whoever may ask one of its agents, by those alone. */
  async function groupChoices(requester: Requester): Promise<readonly Choice[]> {
    const groups = (await services.agents.groups()).map((group) => ({
      value: group.name,
      agents: group.agents.filter(mayAsk(requester)),
    }));
    return groups
      .filter((group) => group.agents.length > 0)
      .map((group) => ({ value: group.value, summary: group.agents.join(', ') }));
  }

  async function targetChoices(requester: Requester): Promise<readonly Choice[]> {
    const found = await Promise.all([
      agentChoices(requester),
      groupChoices(requester),
      Promise.race([worktreeChoices(requester), after(patienceMs, [], { ref: false })]),
    ]);
    return found.flat();
  }

  function turnChoices(requester: Requester): readonly Choice[] {
    return turns.open(requester, '').map((turn) => ({ value: turn.turnId, summary: firstLine(turn.question, 60) }));
  }

  async function historyChoices(requester: Requester): Promise<readonly Choice[]> {
    const visible = await rights.visible(requester, '');
    const entries = history.list({ limit: most, ...(visible === undefined ? {} : { visible }) });
    return entries.map(({ id, actor, summary }) => ({
      value: id,
      summary: firstLine(`${actor}: ${summary}`, 60),
    }));
  }

  return async (kind, prefix, place, author) => {
    const requester = { place, author };
    if (kind !== 'command' && !rights.may(requester, 'read')) return [];
    const fits = (choice: Choice) => choice.value.toLowerCase().startsWith(prefix.replace(/^@/, '').toLowerCase());
    if (kind === 'file') {
      const found = await files(prefix, mayAsk(requester));
      return found.slice(0, most).map((value) => ({ value, summary: '' }));
    }
    const choices = await {
      agent: agentChoices,
      group: groupChoices,
      worktree: worktreeChoices,
      target: targetChoices,
      turn: turnChoices,
      conversation: turnChoices,
      command: () => services.commands().map(({ name, summary }) => ({ value: name, summary })),
      history: historyChoices,
    }[kind](requester);
    return choices.filter(fits).slice(0, most);
  };
}
