import type { InboundMessage, TurnResult } from '../adapters/adapter.ts';
import { subcommandOf } from '../commands/call.ts';
import type { Command, QuestionRequest } from '../commands/command.ts';
import type { Services } from '../commands/services.ts';
import { UserError } from '../errors.ts';

export interface OpenedRequest {
  readonly request: QuestionRequest;
  /** The `--json` object for the turn's result. */
  present(result: TurnResult): unknown;
}

/** What a message asks for: its text as it stands, or what the command that opens a turn makes of it. Throws the command's UserErrors. */
export function requestOf(
  message: InboundMessage,
  carries: string | null,
  commands: readonly Command[],
  services: Services,
): OpenedRequest {
  if (message.command === undefined) return { request: plainRequest(message.text), present: (result) => result };
  const command = commands.find((one) => one.name === message.command?.name);
  if (command?.kind !== 'turn')
    throw new UserError('usage', `"${message.command.name}" opens no question.`, { exit: 2 });
  const { place, author, conversation } = message;
  const subcommand = subcommandOf(command, message.command.subcommand);
  const request = command.opens({
    services,
    place,
    author,
    conversation,
    subcommand,
    args: message.command.args,
    carries,
  });
  return { request, present: command.present };
}

function plainRequest(text: string): QuestionRequest {
  return {
    text,
    agents: [],
    rounds: null,
    write: false,
    sequential: false,
    model: null,
    to: null,
    session: null,
    retries: null,
  };
}
