import { channelEvent, deleteEvent, messageEvent, reactionEvent, threadEvent, threadGone } from './events.ts';
import type { ByOptions, DiscordDouble, SayOptions, ThreadOptions } from './handle.ts';
import { ids } from './ids.ts';
import { mayAll, overwrite, type PermissionName, sees } from './permissions.ts';
import { change, post } from './posting.ts';
import { openThread } from './routes/threads.ts';
import type { Scene } from './scene.ts';
import { type Channel, type Person, threadTypes } from './world.ts';

/** What people do by themselves: write, change, delete, react, open and close threads. */
export type PeopleSide = Pick<
  DiscordDouble,
  | 'say'
  | 'edit'
  | 'remove'
  | 'unfurl'
  | 'react'
  | 'openThread'
  | 'archive'
  | 'unarchive'
  | 'removeThread'
  | 'deny'
  | 'allow'
>;

export function createPeople(scene: Scene): PeopleSide {
  const { world } = scene;

  function say(text: string, options: SayOptions = {}) {
    const { person, channel } = whoAndWhere(scene, options);
    const isThread = threadTypes.has(channel.type);
    if (channel.type === 15) throw new Error('Nobody can write into a forum; a post is opened with openThread.');
    if (!mayAll(world, person, channel, isThread && channel.guild !== null ? 'SendMessagesInThreads' : 'SendMessages'))
      throw new Error(`${person.username} may not write there.`);
    if (channel.locked && !mayAll(world, person, channel, 'ManageThreads')) throw new Error('The thread is locked.');
    return post(scene, channel, {
      body: { content: text, allowed_mentions: { parse: ['users', 'roles'], replied_user: options.ping ?? true } },
      files: options.files ?? [],
      user: person.id,
      ...(options.reply === undefined ? {} : { replyTo: options.reply.id }),
    });
  }

  function opened(name: string, options: ThreadOptions = {}): Channel {
    const { person, channel } = whoAndWhere(scene, { channel: options.message?.channel ?? ids.general, ...options });
    if (threadTypes.has(channel.type) || channel.guild === null) throw new Error('There are no threads in threads.');
    const isForum = channel.type === 15;
    if (isForum && options.text === undefined) throw new Error('A post of a forum needs a text.');
    if (isForum && channel.requireTag && (options.tags ?? []).length === 0) throw new Error('A post needs a tag here.');
    const id = options.message?.id ?? world.snowflake();
    if (world.channels.has(id)) throw new Error('The message has a thread already.');
    const type = options.private === true ? 12 : channel.type === 5 ? 10 : 11;
    const thread = openThread(scene, channel, { id, name, type, owner: person.id, tags: options.tags ?? [] });
    if (options.message === undefined && !isForum && type !== 12)
      post(scene, channel, { body: { content: name }, files: [], user: person.id, type: 18 });
    if (options.text !== undefined) {
      const body = { content: options.text, allowed_mentions: { parse: ['users', 'roles'] } };
      post(scene, thread, { body, files: options.files ?? [], user: person.id, ...(isForum ? { id } : {}) });
    }
    return thread;
  }

  function threadOf(id: string): Channel {
    const thread = world.channels.get(id);
    if (thread === undefined || !threadTypes.has(thread.type)) throw new Error(`There is no thread ${id}.`);
    return thread;
  }

  function setArchived(id: string, archived: boolean, locked: boolean): void {
    const thread = threadOf(id);
    Object.assign(thread, { archived, locked, archivedAt: Date.now() });
    threadEvent(scene, thread, 'THREAD_UPDATE');
  }

  function setRight(permission: PermissionName, channel: string | undefined, isDenied: boolean): void {
    for (const one of world.channels.values()) {
      const isMeant = channel === undefined || one.id === channel;
      if (!isMeant || one.guild === null || one.parent !== null) continue;
      overwrite(world, one, permission, isDenied);
      channelEvent(scene, one);
    }
  }

  return {
    say,
    edit: (message, text) => change(scene, message, { content: text }, []),
    remove(message) {
      const messages = world.channels.get(message.channel)?.messages ?? [];
      messages.splice(messages.indexOf(message), 1);
      deleteEvent(scene, message);
    },
    unfurl(message) {
      message.embeds = [{ type: 'article', title: 'A page', url: 'https://example.com' }];
      messageEvent(scene, message, 'MESSAGE_UPDATE');
    },
    react(message, emoji, user = ids.alice) {
      message.reactions.set(emoji, (message.reactions.get(emoji) ?? new Set()).add(user));
      reactionEvent(scene, message, emoji, user);
    },
    openThread: opened,
    archive: (thread, { locked = false } = {}) => setArchived(thread, true, locked),
    unarchive: (thread) => setArchived(thread, false, false),
    removeThread(id) {
      const thread = threadOf(id);
      world.channels.delete(id);
      threadGone(scene, thread);
    },
    deny: (permission, channel) => setRight(permission, channel, true),
    allow: (permission, channel) => setRight(permission, channel, false),
  };
}

/** Who does something, and where; throws where they do not see the place. */
export function whoAndWhere(scene: Scene, options: ByOptions): { readonly person: Person; readonly channel: Channel } {
  const { user = ids.alice, channel: place = ids.general } = options;
  const person = scene.world.people.get(user);
  if (person === undefined) throw new Error(`There is nobody ${user}.`);
  const channel = place === 'dm' ? scene.world.direct(user) : scene.world.channels.get(place);
  if (channel === undefined) throw new Error(`There is no channel ${place}.`);
  if (!sees(scene.world, person, channel)) throw new Error(`${person.username} does not see ${channel.name}.`);
  return { person, channel };
}
