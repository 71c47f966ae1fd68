import { shownChannel, shownUser } from './shown.ts';
import type { Json, KeptFile, PostedMessage, World } from './world.ts';

/** A message as the wire tells it, with or without what people wrote. */

export interface ShowOptions {
  /** A link to a file that works for a while. */
  readonly link: (file: KeptFile, channel: string) => string;
  /** Whether the reader gets what people wrote. */
  readonly content: boolean;
  /** The message that this one answers is told with it. */
  readonly nested?: boolean;
}

export function shownMessage(message: PostedMessage, world: World, options: ShowOptions): Json {
  const told = options.content || isAlwaysTold(message, world);
  const replied = message.replyTo === null ? null : world.find(message.channel, message.replyTo);
  const thread = world.channels.get(message.id);
  return {
    id: message.id,
    channel_id: message.channel,
    type: message.type,
    author: authorOf(message, world),
    content: told && !hasComponentsV2(message) ? message.text : '',
    embeds: told ? message.embeds : [],
    components: told ? message.components : [],
    attachments: told ? message.files.map((file) => shownFile(file, options.link(file, message.channel))) : [],
    timestamp: new Date(message.at).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    pinned: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.flatMap((id) => {
      const person = world.people.get(id);
      return person === undefined ? [] : [shownUser(person)];
    }),
    mention_roles: message.mentionRoles,
    flags: message.flags,
    ...(message.webhook === null
      ? {}
      : {
          webhook_id: message.webhook,
          application_id: world.webhooks.get(message.webhook)?.application ?? world.bot.id,
        }),
    ...referenceOf(message, world),
    ...(replied === null || options.nested === true
      ? {}
      : { referenced_message: shownMessage(replied, world, { ...options, nested: true }) }),
    ...(thread === undefined || thread.type === 1 || options.nested === true || thread.id === message.channel
      ? {}
      : { thread: shownChannel(thread, world) }),
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsOf(message, world) }),
  };
}

/** Content that comes even without the intent: the bot's own, in DMs, where it is mentioned (a reply that pings is one). */
function isAlwaysTold(message: PostedMessage, world: World): boolean {
  const isOwn = message.user === null && (message.webhook === null || message.webhook === world.bot.id);
  return isOwn || world.channels.get(message.channel)?.guild === null || message.mentions.includes(world.bot.id);
}

export function hasComponentsV2({ flags }: Pick<PostedMessage, 'flags'>): boolean {
  return (flags & 32_768) !== 0;
}

function authorOf(message: PostedMessage, world: World): Json {
  if (message.webhook !== null && message.webhook !== world.bot.id)
    return {
      id: message.webhook,
      username: message.username ?? world.webhooks.get(message.webhook)?.name ?? '',
      global_name: null,
      discriminator: '0000',
      avatar: null,
      bot: true,
    };
  return shownUser(world.people.get(message.user ?? world.bot.id) ?? world.bot);
}

export function shownFile(file: KeptFile, url: string): Json {
  return {
    id: file.id,
    filename: file.name,
    size: file.content.length,
    content_type: file.type,
    url,
    proxy_url: url,
  };
}

function reactionsOf(message: PostedMessage, world: World): readonly Json[] {
  return [...message.reactions].map(([name, users]) => ({
    emoji: { id: null, name },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    me: users.has(world.bot.id),
    me_burst: false,
    burst_colors: [],
  }));
}

/** The message that this one answers; what a thread begins with points to the message that the thread hangs on. */
function referenceOf(message: PostedMessage, world: World): Json {
  const guild = world.guild.id;
  if (message.type === 21) {
    const parent = world.channels.get(message.channel)?.parent;
    return { message_reference: { type: 0, message_id: message.channel, channel_id: parent, guild_id: guild } };
  }
  if (message.replyTo === null) return {};
  return {
    message_reference: { type: 0, message_id: message.replyTo, channel_id: message.channel, guild_id: guild },
  };
}
