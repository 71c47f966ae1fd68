import { UserError } from '../errors.ts';
import { bareName, listOf, requiredText } from './arguments.ts';
import type { CommandContext, ImmediateCommand, Outbound } from './command.ts';
import { table } from './table.ts';

/** `/group`: named sets of agents; `@backend` addresses all of them. */
export const group: ImmediateCommand = {
  kind: 'immediate',
  name: 'group',
  summary: 'List, set and remove groups of agents',
  right: 'read',
  args: [],
  defaultSubcommand: 'list',
  subcommands: [
    { name: 'list', summary: 'All groups', right: 'read', args: [] },
    {
      name: 'set',
      summary: 'Make a group, or change who is in it',
      right: 'admin',
      args: [
        {
          name: 'name',
          summary: 'What it is addressed by',
          kind: 'positional',
          type: 'word',
          required: true,
          completes: 'group',
        },
        {
          name: 'agents',
          summary: 'Who is in it',
          kind: 'positional',
          type: 'word',
          required: true,
          repeatable: true,
          completes: 'agent',
        },
      ],
    },
    {
      name: 'remove',
      summary: 'Remove a group that was made here',
      right: 'admin',
      args: [
        { name: 'name', summary: 'Its name', kind: 'positional', type: 'word', required: true, completes: 'group' },
      ],
    },
  ],
  changes: (subcommand) => subcommand === 'set' || subcommand === 'remove',
  async run(context) {
    if (context.subcommand === 'set') return set(context);
    if (context.subcommand === 'remove') return remove(context);
    return list(context);
  },
};

async function list({ services, place, author }: CommandContext): Promise<Outbound> {
  const groups = (await services.agents.groups())
    .map(({ name, agents }) => ({
      name,
      agents: agents.filter((agent) => services.rights.may({ place, author }, 'read', agent)),
    }))
    .filter(({ agents }) => agents.length > 0);
  const rows = groups.map(({ name, agents }) => [`@${name}`, agents.map((agent) => `@${agent}`).join(' ')]);
  return {
    markdown: table(['group', 'agents'], rows, 'There is no group. `/group set NAME AGENT…` makes one.'),
    data: { groups },
  };
}

async function set({ services, args }: CommandContext): Promise<Outbound> {
  const name = bareName(requiredText(args, 'name'));
  const agents = listOf(args, 'agents').map(bareName);
  if (agents.length === 0)
    throw new UserError('usage', 'A group needs at least one agent.', { hint: '/group set NAME AGENT…', exit: 2 });
  await services.agents.setGroup(name, agents);
  return {
    markdown: `@${name} addresses ${agents.map((agent) => `@${agent}`).join(', ')}.`,
    data: { group: { name, agents } },
  };
}

async function remove({ services, args }: CommandContext): Promise<Outbound> {
  const name = bareName(requiredText(args, 'name'));
  await services.agents.removeGroup(name);
  return { markdown: `The group @${name} is removed; its agents stay.`, data: { removed: name } };
}
