import { UserError } from '../errors.ts';
import { flagOf, numberOf, requiredText } from './arguments.ts';
import type { CommandContext, ImmediateCommand, Outbound } from './command.ts';
import { isOwn } from './own.ts';
import type { TurnView } from './services.ts';
import { firstLine, table } from './table.ts';

const turn = {
  name: 'turn',
  summary: 'Its id',
  kind: 'positional',
  type: 'word',
  required: true,
  completes: 'turn',
} as const;

/** `/queue`: questions that wait for their turn. */
export const queue: ImmediateCommand = {
  kind: 'immediate',
  name: 'queue',
  summary: 'List, drop, move and hold what waits',
  right: 'read',
  args: [],
  defaultSubcommand: 'list',
  subcommands: [
    { name: 'list', summary: 'What waits, and for what', right: 'read', args: [] },
    { name: 'drop', summary: 'Take one out', right: 'read', args: [turn] },
    {
      name: 'move',
      summary: 'Put one at a position of its conversation (1 is next)',
      right: 'read',
      args: [turn, { name: 'position', summary: 'From 1', kind: 'positional', type: 'number', required: true }],
    },
    {
      name: 'hold',
      summary: 'Let others pass until it is released',
      right: 'read',
      args: [turn, { name: 'release', summary: 'Let it go on', kind: 'flag', type: 'boolean' }],
    },
  ],
  changes: (subcommand) => subcommand !== 'list',
  async run(context) {
    const waiting = context.services.turns
      .open(context, context.conversation)
      .filter((one) => one.state === 'waiting' || one.state === 'held');
    switch (context.subcommand) {
      case 'drop':
        return drop(context, waiting);
      case 'move':
        return move(context, waiting);
      case 'hold':
        return hold(context, waiting);
      default:
        return list(waiting);
    }
  },
};

function list(turns: readonly TurnView[]): Outbound {
  const rows = turns.map((one) => [one.turnId, one.by, one.reason ?? '', firstLine(one.question, 60)]);
  return { markdown: table(['turn', 'by', 'why it waits', 'question'], rows, 'Nothing waits.'), data: { turns } };
}

function find(context: CommandContext, waiting: readonly TurnView[]): TurnView {
  const id = requiredText(context.args, 'turn');
  const found = waiting.find((one) => one.turnId === id);
  if (found === undefined)
    throw new UserError('not-found', `Nothing with the id ${id} waits.`, {
      hint: '/queue list shows what does.',
      exit: 2,
    });
  refuseOthers(context, found);
  return found;
}

/** One's own may be changed; others' need the right `admin`. */
function refuseOthers(context: CommandContext, found: TurnView): void {
  if (isOwn(context, found.turnId) || context.services.rights.may(context, 'admin', null)) return;
  throw new UserError('denied', `This was asked by ${found.by}.`, {
    hint: 'Changing others\' place in the queue needs the right "admin".',
    exit: 4,
  });
}

async function drop(context: CommandContext, waiting: readonly TurnView[]): Promise<Outbound> {
  const found = find(context, waiting);
  await context.services.turns.stop(found.turnId, context.author.name);
  return { markdown: `Dropped: ${firstLine(found.question, 80)}`, data: { dropped: found.turnId } };
}

function move(context: CommandContext, waiting: readonly TurnView[]): Outbound {
  const found = find(context, waiting);
  const position = numberOf(context.args, 'position') ?? 1;
  context.services.turns.move(found.turnId, position);
  return {
    markdown: `Moved to position ${position}: ${firstLine(found.question, 80)}`,
    data: { moved: found.turnId, position },
  };
}

function hold(context: CommandContext, waiting: readonly TurnView[]): Outbound {
  const found = find(context, waiting);
  const held = !flagOf(context.args, 'release');
  context.services.turns.hold(found.turnId, held);
  return {
    markdown: `${held ? 'Held' : 'Released'}: ${firstLine(found.question, 80)}`,
    data: { turn: found.turnId, held },
  };
}
