import { UserError } from '../errors.ts';
import { bareName, textOf } from './arguments.ts';
import type { CommandContext, ImmediateCommand, Outbound } from './command.ts';
import { isOwn } from './own.ts';
import type { TurnView } from './services.ts';
import { firstLine } from './table.ts';

/** `/stop`: the running turn of this conversation, one by its id, or one agent of it. */
export const stop: ImmediateCommand = {
  kind: 'immediate',
  name: 'stop',
  summary: 'Stop what is running here',
  right: 'read',
  args: [
    {
      name: 'what',
      summary: 'A turn, or @agent; what runs here when left out',
      kind: 'positional',
      type: 'word',
      completes: 'turn',
    },
    {
      name: 'conversation',
      summary: 'What runs in that conversation',
      kind: 'option',
      type: 'word',
      completes: 'conversation',
    },
  ],
  subcommands: [],
  changes: () => true,
  async run(context) {
    const { services, author, args } = context;
    const what = textOf(args, 'what');
    const open = services.turns
      .open(context, context.conversation)
      .filter((turn) => turn.state !== 'abandoned' || turn.turnId === what);
    if (what?.startsWith('@')) return stopAgent(context, bareName(what), open);
    const turn = what === null ? only(candidates(context, open)) : byId(what, open);
    refuseOthersWork(context, turn);
    await services.turns.stop(turn.turnId, author.name);
    return { markdown: `Stopping: ${firstLine(turn.question, 80)}`, data: { stopped: [turn.turnId] } };
  },
};

/** In a conversation its own turn; on the command line, where every call is a conversation of its own, whatever runs. */
function candidates({ conversation, place, args }: CommandContext, open: readonly TurnView[]): readonly TurnView[] {
  const named = textOf(args, 'conversation');
  const wanted =
    named === null ? conversation : named.startsWith(`${place.surface}:`) ? named : `${place.surface}:${named}`;
  const here = open.filter((turn) => turn.conversation === wanted);
  const running = here.filter((turn) => turn.state === 'running');
  if (named !== null || here.length > 0) return running.length > 0 ? running : here.slice(0, 1);
  return place.surface === 'terminal' && place.channel === 'command-line'
    ? open.filter((turn) => turn.state === 'running')
    : [];
}

function only(turns: readonly TurnView[]): TurnView {
  const [first] = turns;
  if (first === undefined)
    throw new UserError('nothing-running', 'Nothing is running here.', {
      hint: '/status lists what runs elsewhere.',
      exit: 2,
    });
  if (turns.length > 1) {
    const choices = turns.map((turn) => `${turn.turnId} (${firstLine(turn.question, 40)})`).join(', ');
    throw new UserError('usage', 'Several turns are running.', { hint: `Say which: ${choices}.`, exit: 2 });
  }
  return first;
}

function byId(id: string, open: readonly TurnView[]): TurnView {
  const found = open.find((turn) => turn.turnId === id);
  if (found === undefined)
    throw new UserError('not-found', `There is no open turn ${id}.`, {
      hint: '/status lists what runs and waits.',
      exit: 2,
    });
  return found;
}

function stopAgent(context: CommandContext, agent: string, open: readonly TurnView[]): Outbound {
  const turn = only(
    open.filter(
      (one) => one.state === 'running' && one.asks.some((ask) => ask.agent === agent && ask.status === 'asking'),
    ),
  );
  refuseOthersWork(context, turn);
  context.services.turns.stopAgent(turn.turnId, agent, context.author.name);
  return { markdown: `Stopping @${agent}; the question goes on without it.`, data: { stopped: [turn.turnId] } };
}

/** One's own stop needs `read`; stopping what others started needs `write` for the agents at work. */
function refuseOthersWork(context: CommandContext, turn: TurnView): void {
  const { services, place, author } = context;
  if (isOwn(context, turn.turnId)) return;
  const agents = turn.asks.map((ask) => ask.agent);
  const may =
    agents.length === 0
      ? services.rights.may({ place, author }, 'write')
      : agents.every((agent) => services.rights.may({ place, author }, 'write', agent));
  if (may) return;
  throw new UserError('denied', `This was asked by ${turn.by}.`, {
    hint: 'Stopping what others started needs the right "write" for the agents at work.',
    exit: 4,
  });
}
