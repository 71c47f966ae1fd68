import type {
  Attachment,
  Author,
  CommandCall,
  CommandSpec,
  InboundMessage,
  Place,
  Press,
  ReplyAddress,
} from './adapter.ts';

/** What becomes a message of the runtime. */
export interface InboundFacts {
  readonly address: { readonly id: string; readonly at: string; readonly conversation: string };
  readonly replyTo: ReplyAddress;
  readonly place: Place;
  readonly author: Author;
  readonly addressed: InboundMessage['addressed'];
  readonly text: string;
  readonly command: CommandCall | null;
  readonly press?: Press;
  readonly attachments: readonly Attachment[];
}

/** The message as plain data; a question that came as a command by its words. */
export function inboundOf(facts: InboundFacts): InboundMessage {
  const { address, command, press } = facts;
  return {
    id: address.id,
    at: address.at,
    place: facts.place,
    conversation: address.conversation,
    addressed: facts.addressed,
    author: facts.author,
    text: askedIn(command) ?? facts.text,
    ...(command === null ? {} : { command }),
    ...(press === undefined ? {} : { press }),
    attachments: facts.attachments,
    replyTo: facts.replyTo,
  };
}

/** What a command asks; null where it asks nothing. */
export function askedIn(command: CommandCall | null): string | null {
  const asked = command?.args.question ?? command?.args.message;
  return typeof asked === 'string' ? asked : null;
}

/** Whether it opens a turn of its conversation: a message, or a command such as `/ask`. */
export function opensTurn(command: CommandCall | null, commands: readonly CommandSpec[]): boolean {
  return command === null || commands.find(({ name }) => name === command.name)?.kind === 'turn';
}
