import { UserError } from '../errors.ts';
import { textOf } from './arguments.ts';
import type { ImmediateCommand } from './command.ts';

/** `/follow`: whether messages of a thread are taken as questions without a mention. */
export const follow: ImmediateCommand = {
  kind: 'immediate',
  name: 'follow',
  summary: 'Take what is said in this thread without a mention, or only with one',
  right: 'read',
  args: [{ name: 'state', summary: 'On or off', kind: 'positional', type: 'word', choices: ['on', 'off'] }],
  subcommands: [],
  surfaces: ['slack', 'discord'],
  changes: () => true,
  async run({ services, conversation, place, args }) {
    const state = textOf(args, 'state');
    if (place.thread === undefined)
      throw new UserError('usage', 'There is no thread here.', {
        hint: 'Write `!follow off` or `!follow on` in the thread that is meant.',
        exit: 2,
      });
    if (state !== null) await services.following.set(conversation, state === 'on');
    const follows = await services.following.get(conversation, place.channel);
    return {
      markdown: follows
        ? 'In this thread I also take messages that do not mention me. `!follow off` changes that.'
        : 'In this thread I only take messages that mention me or an agent. `!follow on` changes that.',
      data: { conversation, follow: follows },
    };
  },
};
