import type { CommandCall, Press } from '../adapter.ts';
import type { Threads } from '../threads.ts';
import { type SlackAddress, threadKey } from './address.ts';
import type { Channels } from './channels.ts';
import { type Hear, placeOf } from './hear.ts';
import type { People } from './people.ts';
import type { Identity } from './web.ts';

export interface AskingOptions {
  readonly identity: Identity;
  readonly hear: Pick<Hear, 'request'>;
  readonly people: People;
  readonly channels: Channels;
  readonly threads: Pick<Threads, 'get'>;
  now(): Date;
}

/** Who asks for something in another way than by a message, and where. */
export interface Asker {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly channel: string;
  readonly type: string | null;
  readonly thread: string | null;
  readonly conversation: string | null;
  readonly respond: string | null;
  /** The same where the answer is for everybody, as long as it can be. */
  readonly fallback?: string | null;
  readonly announce: string | null;
  readonly earlier: SlackAddress['earlier'];
  /** The message of a button that is answered there. */
  readonly pressed?: string | null;
  /** The message that was chosen to be asked about. */
  readonly about?: string;
}

export interface Said {
  readonly text: string;
  readonly command: CommandCall | null;
  readonly press?: Press;
}

/** Hands on what was asked for by a command, a button or a form; false where it was refused. */
export type Ask = (asker: Asker, said: Said) => Promise<boolean>;

export function createAsking({ identity, hear, people, channels, threads, now }: AskingOptions): Ask {
  /** A thread's own, where a question opened it; else one that begins here. */
  async function conversationOf({ channel, thread, id }: Asker): Promise<string> {
    const known = thread === null ? null : await threads.get(threadKey(identity.team, channel, thread));
    return known?.conversation ?? `slack:${threadKey(identity.team, channel, thread ?? id)}`;
  }

  return async (asker, said) => {
    const { team } = identity;
    const { name, type, ...where } = asker;
    const address: SlackAddress = {
      ...where,
      fallback: asker.fallback ?? null,
      at: now().toISOString(),
      conversation: asker.conversation ?? (await conversationOf(asker)),
      team,
      ts: null,
      pressed: asker.pressed ?? null,
      about: asker.about ?? null,
    };
    const [kind, author] = await Promise.all([channels.kind(asker.channel, type), people.author(asker.user, false)]);
    const place = placeOf(team, asker.channel, asker.thread, kind);
    return hear.request({
      address,
      place,
      author: { ...author, name },
      addressed: 'command',
      ...said,
    });
  };
}
