import type { CommandContext } from './command.ts';

/** Whether a turn was asked by the very person who gives the command: by their id, as anybody may take anybody's name. */
export function isOwn({ services, author, place }: CommandContext, turnId: string): boolean {
  const message = services.turns.record(turnId)?.message;
  return message !== undefined && message.author.id === author.id && message.place.surface === place.surface;
}
