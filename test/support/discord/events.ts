import { intentsOf } from './intents.ts';
import { sees } from './permissions.ts';
import { type Scene, told } from './scene.ts';
import { shownChannel, shownMember, shownUser } from './shown.ts';
import type { Channel, Json, PostedMessage } from './world.ts';

/** Tells the gateway what happened, as far as the bot may see it. */

export function messageEvent(scene: Scene, message: PostedMessage, type: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'): void {
  const channel = scene.world.channels.get(message.channel);
  if (channel === undefined || message.ephemeralFor !== null || !sees(scene.world, scene.world.bot, channel)) return;
  const around = (withContent: boolean): Json => ({
    ...told(scene, message, withContent),
    channel_type: channel.type,
    ...(message.nonce === null || type !== 'MESSAGE_CREATE' ? {} : { nonce: message.nonce }),
    ...(channel.guild === null ? {} : guildPart(scene, message, channel.guild)),
  });
  scene.gateway.dispatch(type, around(true), {
    intents: channel.guild === null ? intentsOf.directMessages : intentsOf.messages,
    withoutContent: around(false),
  });
}

/** The author and those who are mentioned come with what the guild knows of them. */
function guildPart({ world }: Scene, message: PostedMessage, guild: string): Json {
  const author = message.webhook === null ? world.people.get(message.user ?? world.bot.id) : undefined;
  return {
    guild_id: guild,
    ...(author === undefined ? {} : { member: shownMember(author) }),
    mentions: message.mentions.flatMap((id) => {
      const person = world.people.get(id);
      return person === undefined ? [] : [{ ...shownUser(person), member: shownMember(person) }];
    }),
  };
}

export function deleteEvent(scene: Scene, message: PostedMessage): void {
  const channel = scene.world.channels.get(message.channel);
  if (channel === undefined || message.ephemeralFor !== null || !sees(scene.world, scene.world.bot, channel)) return;
  scene.gateway.dispatch(
    'MESSAGE_DELETE',
    { id: message.id, channel_id: channel.id, ...(channel.guild === null ? {} : { guild_id: channel.guild }) },
    { intents: channel.guild === null ? intentsOf.directMessages : intentsOf.messages },
  );
}

export function reactionEvent(scene: Scene, message: PostedMessage, emoji: string, user: string): void {
  const channel = scene.world.channels.get(message.channel);
  const person = scene.world.people.get(user);
  if (channel === undefined || person === undefined || !sees(scene.world, scene.world.bot, channel)) return;
  scene.gateway.dispatch(
    'MESSAGE_REACTION_ADD',
    {
      user_id: user,
      channel_id: channel.id,
      message_id: message.id,
      message_author_id: message.user ?? scene.world.bot.id,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      ...(channel.guild === null
        ? {}
        : { guild_id: channel.guild, member: { ...shownMember(person), user: shownUser(person) } }),
    },
    { intents: channel.guild === null ? intentsOf.directReactions : intentsOf.reactions },
  );
}

export function threadEvent(scene: Scene, thread: Channel, type: 'THREAD_CREATE' | 'THREAD_UPDATE'): void {
  if (!sees(scene.world, scene.world.bot, thread)) return;
  const data = shownChannel(thread, scene.world);
  const isNew = type === 'THREAD_CREATE';
  scene.gateway.dispatch(type, isNew ? { ...data, newly_created: true } : data, { intents: intentsOf.guilds });
}

export function channelEvent(scene: Scene, channel: Channel): void {
  if (channel.guild === null) return;
  scene.gateway.dispatch('CHANNEL_UPDATE', shownChannel(channel, scene.world), { intents: intentsOf.guilds });
}

export function threadGone(scene: Scene, thread: Channel): void {
  if (!sees(scene.world, scene.world.bot, thread)) return;
  const { id, type, guild, parent } = thread;
  scene.gateway.dispatch(
    'THREAD_DELETE',
    { id, type, guild_id: guild, parent_id: parent },
    { intents: intentsOf.guilds },
  );
}
