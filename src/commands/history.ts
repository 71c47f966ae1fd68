import type { CommandCall } from '../adapters/adapter.ts';
import { UserError } from '../errors.ts';
import type { HistoryEntry, HistoryFilter, HistoryKind } from '../history/history.ts';
import { historyMarkdown } from '../history/markdown.ts';
import { bareName, numberOf, requiredText, textOf, timeOf } from './arguments.ts';
import type { CommandContext, ImmediateCommand, Outbound } from './command.ts';
import { firstLine, table } from './table.ts';

const kinds: readonly HistoryKind[] = [
  'question',
  'ask',
  'reply',
  'answer',
  'task',
  'run',
  'command',
  'worktree',
  'approval',
  'schedule',
  'review',
];
const defaultLimit = 20;
const mostEntries = 1000;

const filters = [
  {
    name: 'agent',
    summary: 'Only what this agent was asked or said',
    kind: 'option',
    type: 'word',
    completes: 'agent',
  },
  { name: 'since', summary: 'From this time on: ISO, or 2h, 7d', kind: 'option', type: 'word' },
  { name: 'until', summary: 'Up to this time', kind: 'option', type: 'word' },
  { name: 'by', summary: 'Only what this person did', kind: 'option', type: 'word' },
  { name: 'kind', summary: 'Only entries of this kind', kind: 'option', type: 'word', choices: kinds },
  { name: 'limit', summary: `At most so many (${defaultLimit}; up to ${mostEntries})`, kind: 'option', type: 'number' },
  {
    name: 'before',
    summary: 'Only entries before this one, to page on',
    kind: 'option',
    type: 'word',
    completes: 'history',
  },
] as const;

/** `/history`: the time-stamped log of everything, as far as it may be seen here. */
export const history: ImmediateCommand = {
  kind: 'immediate',
  name: 'history',
  summary: 'List, search and export what happened',
  right: 'read',
  args: [],
  defaultSubcommand: 'list',
  subcommands: [
    { name: 'list', summary: 'Newest first', right: 'read', args: filters },
    {
      name: 'search',
      summary: 'Find words, "phrases" and begin* in questions, replies and answers',
      right: 'read',
      args: [{ name: 'query', summary: 'What to find', kind: 'positional', type: 'text', required: true }, ...filters],
    },
    {
      name: 'show',
      summary: 'One entry with its whole text',
      right: 'read',
      args: [
        { name: 'id', summary: 'Its number', kind: 'positional', type: 'word', required: true, completes: 'history' },
      ],
    },
    {
      name: 'export',
      summary: 'All of it, oldest first',
      right: 'read',
      args: [
        { name: 'format', summary: 'json or markdown', kind: 'option', type: 'word', choices: ['json', 'markdown'] },
        ...filters,
      ],
    },
  ],
  changes: () => false,
  async run(context) {
    switch (context.subcommand) {
      case 'show':
        return show(context);
      case 'export':
        return exported(context);
      default:
        return list(context);
    }
  },
};

async function list(context: CommandContext): Promise<Outbound> {
  const { services, args } = context;
  const query = textOf(args, 'query');
  const limit = Math.max(1, Math.min(numberOf(args, 'limit') ?? defaultLimit, mostEntries));
  const entries = services.history.list({ ...(await filterOf(context)), ...(query === null ? {} : { query }), limit });
  const rows = entries.map((entry) => [
    entry.id,
    when(entry.at),
    entry.kind,
    entry.agent === null ? entry.actor : `@${entry.agent}`,
    firstLine(entry.summary, 80),
  ]);
  const empty = query === null ? 'Nothing happened yet that can be shown here.' : 'Nothing was found.';
  const more = entries.length === limit ? `\n\nOlder: --before ${entries.at(-1)?.id ?? ''}` : '';
  return {
    markdown: table(['id', 'when (UTC)', 'what', 'who', 'summary'], rows, empty) + more,
    data: { entries: entries.map(described) },
  };
}

async function show(context: CommandContext): Promise<Outbound> {
  const id = requiredText(context.args, 'id');
  const entry = context.services.history.get(id, await visible(context));
  if (entry === null)
    throw new UserError('not-found', `There is no entry ${id} that can be shown here.`, {
      hint: '/history list shows their numbers.',
      exit: 2,
    });
  return { markdown: [...historyMarkdown([entry])].join(''), data: { entry: described(entry) } };
}

async function exported(context: CommandContext): Promise<Outbound> {
  const entries: HistoryEntry[] = [...context.services.history.export(await filterOf(context))];
  const verbatim =
    textOf(context.args, 'format') === 'json'
      ? JSON.stringify({ entries: entries.map(described) }, null, 2)
      : [...historyMarkdown(entries)].join('');
  return { markdown: verbatim, data: { entries: entries.map(described) }, verbatim };
}

/** For scripts: every key is there. */
function described(entry: HistoryEntry) {
  const { place } = entry;
  if (place === null) return entry;
  const { surface, workspace, channel, thread, direct } = place;
  const whole = { surface, workspace: workspace ?? null, channel, thread: thread ?? null, direct };
  return { ...entry, place: { ...whole, private: place.private } };
}

async function filterOf(context: CommandContext): Promise<Omit<HistoryFilter, 'limit'>> {
  const { args, services } = context;
  const now = services.now();
  const agent = textOf(args, 'agent');
  const since = timeOf(args, 'since', now);
  const until = timeOf(args, 'until', now);
  const by = textOf(args, 'by');
  const kind = kindIn(args);
  const before = textOf(args, 'before');
  const seen = await visible(context);
  return {
    ...(agent === null ? {} : { agent: bareName(agent) }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
    ...(by === null ? {} : { by: bareName(by) }),
    ...(kind === null ? {} : { kind }),
    ...(before === null ? {} : { before }),
    ...(seen === undefined ? {} : { visible: seen }),
  };
}

function visible({ services, place, author, conversation }: CommandContext) {
  return services.rights.visible({ place, author }, conversation);
}

function kindIn(args: CommandCall['args']): HistoryKind | null {
  return kinds.find((kind) => kind === textOf(args, 'kind')) ?? null;
}

function when(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
