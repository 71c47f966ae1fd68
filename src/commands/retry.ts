import { UserError } from '../errors.ts';
import type { TurnRecord } from '../ledger/ledger.ts';
import { bareName, listOf } from './arguments.ts';
import type { TurnCommand } from './command.ts';

/** `/retry`: a turn that carries the last one's rounds and asks its failed asks again. */
export const retry: TurnCommand = {
  kind: 'turn',
  name: 'retry',
  summary: "Ask again what failed in this conversation's last question",
  right: 'read',
  args: [
    {
      name: 'agents',
      summary: 'Only these agents',
      kind: 'positional',
      type: 'word',
      repeatable: true,
      completes: 'agent',
    },
  ],
  subcommands: [],
  opens({ services, conversation, args, carries }) {
    const last = carries === null ? services.turns.last(conversation) : services.turns.record(carries);
    if (last === null) {
      throw new UserError('nothing-to-retry', 'Nothing was asked in this conversation yet.', {
        hint: 'On the command line, --conversation NAME says which one is meant.',
        exit: 2,
      });
    }
    const named = listOf(args, 'agents').map(bareName);
    refuseWhatDidNotFail(last, named);
    return {
      ...services.turns.requestOf(last),
      retries: { turnId: last.id, repeat: named.length === 0 ? 'failed' : named },
    };
  },
  present: (result) => result,
};

function refuseWhatDidNotFail(last: TurnRecord, named: readonly string[]): void {
  const asks = last.result?.rounds.flatMap((round) => round.asks) ?? [];
  const failed = new Set(asks.filter((ask) => ask.status !== 'answered').map((ask) => ask.agent));
  const wrong = named.filter((name) => !failed.has(name));
  if (wrong.length > 0) {
    const hint = failed.size === 0 ? 'No agent failed in it.' : `Failed: ${[...failed].join(', ')}.`;
    throw new UserError('nothing-to-retry', `${wrong.join(', ')} did not fail in the last question.`, {
      hint,
      exit: 2,
    });
  }
  if (failed.size === 0 && last.status === 'answered') {
    throw new UserError('nothing-to-retry', 'The last question was answered, and no agent failed in it.', {
      hint: 'Ask it again, or ask something else.',
      exit: 2,
    });
  }
}
