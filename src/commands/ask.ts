import type { CommandCall } from '../adapters/adapter.ts';
import { UserError } from '../errors.ts';
import { flagOf, listOf, numberOf, requiredText, textOf } from './arguments.ts';
import type { TurnCommand } from './command.ts';

/** `/ask`: a question to the moderator, with more say than a plain message has. */
export const ask: TurnCommand = {
  kind: 'turn',
  name: 'ask',
  summary: 'Ask the agents; one answer comes back, with checked sources',
  right: 'read',
  args: [
    {
      name: 'question',
      summary: 'What you want to know',
      kind: 'positional',
      type: 'text',
      required: true,
      readsInput: true,
    },
    {
      name: 'agents',
      summary: 'Only these agents, groups or agent/branch',
      kind: 'option',
      type: 'word',
      repeatable: true,
      completes: 'target',
    },
    { name: 'rounds', summary: 'At most so many rounds (up to 8)', kind: 'option', type: 'number' },
    { name: 'write', summary: 'Let the named agents change files', kind: 'flag', type: 'boolean' },
    { name: 'sequential', summary: 'Ask the agents of a round one after another', kind: 'flag', type: 'boolean' },
    { name: 'model', summary: "The moderator's model for this question", kind: 'option', type: 'word' },
  ],
  subcommands: [],
  opens: ({ args }) => ({
    text: requiredText(args, 'question'),
    agents: listOf(args, 'agents'),
    rounds: roundsIn(args),
    write: flagOf(args, 'write'),
    sequential: flagOf(args, 'sequential'),
    model: textOf(args, 'model'),
    to: null,
    session: null,
    retries: null,
  }),
  present: (result) => result,
};

/** Over the cap is the cap; without a round nobody could be asked. */
function roundsIn(args: CommandCall['args']): number | null {
  const rounds = numberOf(args, 'rounds');
  if (rounds === null || rounds >= 1) return rounds;
  throw new UserError('usage', '--rounds takes a number from 1 to 8.', { exit: 2 });
}
