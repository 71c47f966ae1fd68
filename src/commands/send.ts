import type { AskResult, TurnResult } from '../adapters/adapter.ts';
import { bareName, flagOf, requiredText, textOf } from './arguments.ts';
import type { TurnCommand } from './command.ts';
import type { SendResult } from './services.ts';

/** `send`: a message to one agent, without the moderator. */
export const send: TurnCommand = {
  kind: 'turn',
  name: 'send',
  summary: 'Talk to one agent',
  right: 'read',
  args: [
    {
      name: 'agent',
      summary: 'The agent, or agent/branch',
      kind: 'positional',
      type: 'word',
      required: true,
      completes: 'agent',
    },
    {
      name: 'message',
      summary: 'What to tell it',
      kind: 'positional',
      type: 'text',
      required: true,
      readsInput: true,
    },
    { name: 'session', summary: "The provider's own id of the session to go on with", kind: 'option', type: 'word' },
    { name: 'write', summary: 'Let it change files', kind: 'flag', type: 'boolean' },
    { name: 'model', summary: "The agent's model for this message", kind: 'option', type: 'word' },
  ],
  subcommands: [],
  opens: ({ args }) => ({
    text: requiredText(args, 'message'),
    agents: [],
    rounds: null,
    write: flagOf(args, 'write'),
    sequential: false,
    model: textOf(args, 'model'),
    to: bareName(requiredText(args, 'agent')),
    session: textOf(args, 'session'),
    retries: null,
  }),
  present: sendResult,
};

function sendResult(result: TurnResult): SendResult {
  const ask: AskResult | null = result.rounds.at(-1)?.asks.at(-1) ?? null;
  const success = result.status === 'answered';
  return {
    agentId: ask?.agent ?? '',
    agentName: ask?.agent ?? '',
    sessionId: ask?.sessionId ?? null,
    response: success ? result.answer : (ask?.text ?? null),
    success,
    usage: result.usage,
    citations: result.citations,
    failure: success
      ? null
      : (ask?.failure ?? { reason: result.status, message: result.reason ?? '', stderrTail: null }),
  };
}
