import type { SurfaceRecords } from '../adapter.ts';
import { type PostedRecord, postedOnce } from '../posted-once.ts';
import type { Threads } from '../threads.ts';
import type { DiscordAddress } from './address.ts';
import type { OpenThread } from './open-thread.ts';
import type { Piece } from './posting.ts';
import { renderAnnouncement } from './render.ts';

/** Where the messages of a turn stand. */
export interface Room {
  /** A thread, a channel, or direct messages. */
  readonly channel: string;
  /** The channel of a thread; null where it is none. */
  readonly parent: string | null;
  /** Null in direct messages. */
  readonly guild: string | null;
  /** The message of the channel that is answered, where there is no thread. */
  readonly reply: string | null;
}

export interface RoomsOptions {
  readonly openThread: OpenThread;
  readonly threads: Pick<Threads, 'taken'>;
  /** Questions that were announced, and the threads that could be opened. */
  readonly announced: SurfaceRecords<PostedRecord>;
  readonly opened: SurfaceRecords<PostedRecord>;
  /** The servers of threads that were answered in of late. */
  readonly served: SurfaceRecords<string>;
  post(piece: Piece): Promise<string | null>;
}

/** Where turns are answered. */
export interface Rooms {
  /**
   * The room of a question, opened where it is not there yet: a thread at its message, or at one that announces it; where none can be
   * opened, the channel. Null where nothing can be posted. The same for all who ask; over restarts too.
   */
  of(address: DiscordAddress): Promise<Room | null>;
  forget(address: DiscordAddress): void;
}

const keptMs = 30 * 86_400_000;
const servedMs = 86_400_000;

export function createRooms(options: RoomsOptions): Rooms {
  const known = new Map<string, Promise<Room | null>>();

  async function serve(address: DiscordAddress): Promise<Room | null> {
    const room = await open(address);
    if (room !== null && room.parent !== null && room.guild !== null)
      await options.served.set(room.channel, room.guild, { ttl: servedMs });
    return room;
  }

  async function open(address: DiscordAddress): Promise<Room | null> {
    const { guild, channel } = address;
    const inChannel: Room = { channel, parent: null, guild, reply: address.message };
    if (guild === null) return announcedIn(address, { ...inChannel, reply: null });
    if (address.thread !== null) return announcedIn(address, inThread(address, address.thread));
    if (address.title === null) return inChannel;
    const root = address.message ?? (await announce(address, { ...inChannel, reply: null }));
    if (root === null) return null;
    const thread = await openOnce(address, root, address.title);
    const room = thread === null ? { ...inChannel, reply: root } : inThread(address, thread);
    if (thread !== null) await options.threads.taken(thread, address.conversation, address.id);
    return address.message === null ? room : announcedIn(address, room);
  }

  /** A question that was written into a command or a form stands nowhere yet. */
  async function announcedIn(address: DiscordAddress, room: Room): Promise<Room | null> {
    if (address.announce === null) return room;
    const posted = await announce(address, room);
    return posted === null ? null : room;
  }

  function announce(address: DiscordAddress, room: Room): Promise<string | null> {
    return postedOnce(options.announced, address.id, (again) =>
      options.post({
        id: `asked-${address.id}`,
        // A lane of its own: what is said in the room waits for it.
        lane: `asked-${address.id}`,
        place: async () => room,
        text: renderAnnouncement(address.user, address.announce ?? ''),
        notify: null,
        again,
        since: address.at,
      }),
    );
  }

  async function openOnce(address: DiscordAddress, root: string, title: string): Promise<string | null> {
    const before = await options.opened.get(address.id);
    if (before !== undefined) return before.ts;
    const thread = await options.openThread.at(address.channel, root, title);
    await options.opened.set(address.id, { ts: thread }, { ttl: keptMs });
    return thread;
  }

  return {
    of(address) {
      const before = known.get(address.id);
      if (before !== undefined) return before;
      const room = serve(address);
      known.set(address.id, room);
      room.catch(() => known.delete(address.id));
      return room;
    },
    forget: (address) => void known.delete(address.id),
  };
}

function inThread({ channel, guild }: DiscordAddress, thread: string): Room {
  return { channel: thread, parent: channel, guild, reply: null };
}
