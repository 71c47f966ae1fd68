import type { CommandCall } from '../adapters/adapter.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { bareName, requiredText, textOf } from './arguments.ts';
import type { CommandContext, ImmediateCommand, Outbound } from './command.ts';
import type { AgentView } from './services.ts';
import { table } from './table.ts';

/** `/agents`: who can be asked. Those of the configuration file are changed there; others come and go here. */
export const agents: ImmediateCommand = {
  kind: 'immediate',
  name: 'agents',
  summary: 'List, add and remove project agents',
  right: 'read',
  args: [],
  defaultSubcommand: 'list',
  subcommands: [
    { name: 'list', summary: 'All agents you may ask', right: 'read', args: [] },
    {
      name: 'show',
      summary: 'One agent with its worktrees',
      right: 'read',
      args: [
        { name: 'agent', summary: 'Its name', kind: 'positional', type: 'word', required: true, completes: 'agent' },
      ],
    },
    {
      name: 'add',
      summary: 'Add an agent for a project directory',
      right: 'admin',
      args: [
        { name: 'name', summary: 'What it is addressed by', kind: 'positional', type: 'word', required: true },
        {
          name: 'directory',
          summary: 'The project',
          kind: 'positional',
          type: 'word',
          required: true,
          completes: 'file',
        },
        { name: 'provider', summary: 'auto, or a provider that doctor lists', kind: 'option', type: 'word' },
        { name: 'description', summary: 'What it knows about', kind: 'option', type: 'word' },
        {
          name: 'access',
          summary: 'What it may do when somebody lets it write',
          kind: 'option',
          type: 'word',
          choices: ['read', 'edit'],
        },
      ],
    },
    {
      name: 'remove',
      summary: 'Remove an agent that was added here',
      right: 'admin',
      args: [
        { name: 'agent', summary: 'Its name', kind: 'positional', type: 'word', required: true, completes: 'agent' },
      ],
    },
    {
      name: 'reset',
      summary: "Forget the agent's session in this conversation",
      right: 'read',
      args: [
        { name: 'agent', summary: 'Its name', kind: 'positional', type: 'word', required: true, completes: 'agent' },
      ],
    },
  ],
  changes: (subcommand) => subcommand === 'add' || subcommand === 'remove' || subcommand === 'reset',
  async run(context) {
    switch (context.subcommand) {
      case 'show':
        return show(await find(context));
      case 'add':
        return add(context);
      case 'remove':
        return remove(context);
      case 'reset':
        return reset(context);
      default:
        return list(await readable(context));
    }
  },
};

async function readable({ services, place, author }: CommandContext): Promise<readonly AgentView[]> {
  const all = await services.agents.list();
  return all.filter((agent) => services.rights.may({ place, author }, 'read', agent.name));
}

async function find(context: CommandContext): Promise<AgentView> {
  const name = bareName(requiredText(context.args, 'agent'));
  const all = await readable(context);
  const found = all.find((agent) => agent.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw unknownAgent(
    name,
    all.map((agent) => agent.name),
  );
}

/** The refusal of a name that stands for no agent, with those that were probably meant. */
function unknownAgent(name: string, names: readonly string[]): UserError {
  const near = nearest(name, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There are: ${names.join(', ') || 'none'}.`;
  return new UserError('unknown-agent', `There is no agent "${name}".`, { hint, exit: 2 });
}

function list(all: readonly AgentView[]): Outbound {
  const rows = all.map((agent) => [
    `@${agent.name}`,
    agent.provider,
    agent.access,
    agent.status,
    agent.directory,
    agent.description,
  ]);
  return {
    markdown: table(
      ['agent', 'provider', 'writes', 'status', 'directory', 'what it knows'],
      rows,
      'There is no agent yet. `tutti init` finds the projects here.',
    ),
    data: { agents: all },
  };
}

function show(agent: AgentView): Outbound {
  const worktrees = agent.worktrees.map((worktree) => `- @${agent.name}/${worktree.branch}: ${worktree.directory}`);
  const lines = [
    `**@${agent.name}** ${agent.description}`,
    '',
    `- provider: ${agent.provider}`,
    `- directory: ${agent.directory}`,
    `- writes: ${agent.access}`,
    `- status: ${agent.status}`,
  ];
  return {
    markdown: [...lines, ...(worktrees.length > 0 ? ['', 'Worktrees', '', ...worktrees] : [])].join('\n'),
    data: { agent },
  };
}

async function add({ services, args }: CommandContext): Promise<Outbound> {
  const name = bareName(requiredText(args, 'name'));
  await services.agents.add({
    name,
    directory: requiredText(args, 'directory'),
    provider: textOf(args, 'provider') ?? 'auto',
    description: textOf(args, 'description') ?? '',
    access: accessIn(args),
  });
  const added = (await services.agents.list()).find((agent) => agent.name === name) ?? null;
  return { markdown: `@${name} can be asked now.`, data: { agent: added } };
}

function accessIn(args: CommandCall['args']): 'read' | 'edit' {
  return textOf(args, 'access') === 'read' ? 'read' : 'edit';
}

async function remove({ services, args }: CommandContext): Promise<Outbound> {
  const name = bareName(requiredText(args, 'agent'));
  await services.agents.remove(name);
  return { markdown: `@${name} is removed. Its project is untouched.`, data: { removed: name } };
}

async function reset(context: CommandContext): Promise<Outbound> {
  const agent = await find(context);
  await context.services.agents.reset(agent.name, context.conversation);
  return {
    markdown: `@${agent.name} begins a fresh session with the next question of this conversation.`,
    data: { reset: agent.name },
  };
}
