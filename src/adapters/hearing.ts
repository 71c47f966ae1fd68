import type { Author, CommandCall, CommandSpec, Place, SharedHost } from './adapter.ts';
import { parseText } from './grammar.ts';
import { sentenceOf } from './refusals.ts';
import { judge, type Verdict } from './thread-rules.ts';
import type { Thread } from './threads.ts';

/** One message, as far as its surface can tell. */
export interface Said {
  /** Without our own mention; other mentions of the platform's stand in it as they may. */
  readonly text: string;
  /** It opened with our own mention, so that a command needs no sign before it. */
  readonly bare: boolean;
  readonly mentionsTutti: boolean;
  readonly mentionsOthers: boolean;
  /** False where nobody knows what was said. */
  readonly isReadable: boolean;
  readonly thread: Thread | null;
  readonly place: Place;
  readonly author: Author;
}

/** Whether a message is taken, and as what, by the rules for threads and what its author may do. */
export async function verdictOn(
  { text, bare, mentionsTutti, mentionsOthers, isReadable, thread, place, author }: Said,
  host: Pick<SharedHost, 'commands' | 'addresses' | 'follows' | 'may'>,
): Promise<Verdict> {
  return judge({
    direct: place.direct,
    command: parseText(text, host.commands, { bare }) !== null,
    mentionsTutti,
    mentionsAgent: thread !== null && (await host.addresses(text)),
    mentionsOthers,
    mayRead: isReadable && host.may(place, author, 'read'),
    thread:
      thread === null
        ? null
        : { follow: await host.follows(thread.conversation, place.channel), amongPeople: thread.amongPeople },
  });
}

/** What a message that is taken asks for: a command, or (null) a question; or what is wrong with it, in a sentence for its author. */
export function askedFor(
  text: string,
  { bare, hasFiles }: { readonly bare: boolean; readonly hasFiles: boolean },
  commands: readonly CommandSpec[],
): { readonly command: CommandCall | null } | { readonly wrong: string } {
  const parsed = parseText(text, commands, { bare });
  if (parsed !== null) return parsed.ok ? { command: parsed.call } : { wrong: sentenceOf(parsed.problem) };
  if (text.trim() !== '' || hasFiles) return { command: null };
  return { wrong: 'Ask me something after the mention, or write "help" there.' };
}
