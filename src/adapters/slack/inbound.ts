import type { Attachment, Author, CommandCall, CommandSpec, InboundMessage, Place } from '../adapter.ts';
import { type SlackAddress, writeAddress } from './address.ts';

/** What becomes a message of the runtime. */
export interface InboundFacts {
  readonly address: SlackAddress;
  readonly place: Place;
  readonly author: Author;
  readonly addressed: InboundMessage['addressed'];
  readonly text: string;
  readonly command: CommandCall | null;
  readonly attachments: readonly Attachment[];
}

export function inboundOf(facts: InboundFacts): InboundMessage {
  const { address, command } = facts;
  const asked = command?.args.question ?? command?.args.message;
  return {
    id: address.id,
    at: address.at,
    place: facts.place,
    conversation: address.conversation,
    addressed: facts.addressed,
    author: facts.author,
    text: typeof asked === 'string' ? asked : facts.text,
    ...(command === null ? {} : { command }),
    attachments: facts.attachments,
    replyTo: writeAddress(address),
  };
}

/** Whether it opens a turn of its conversation: a message, or a command such as `/ask`. */
export function opensTurn(command: CommandCall | null, commands: readonly CommandSpec[]): boolean {
  return command === null || commands.find(({ name }) => name === command.name)?.kind === 'turn';
}
