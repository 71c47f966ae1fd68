import { permissionsOf } from './permissions.ts';
import { type Channel, type Json, type Person, threadTypes, type World } from './world.ts';

/** The world as the wire tells it. */

const joined = new Date(Date.UTC(2024, 0, 1)).toISOString();

export function shownUser(person: Person): Json {
  return {
    id: person.id,
    username: person.username,
    global_name: person.globalName,
    discriminator: person.isBot ? '4242' : '0',
    avatar: null,
    bot: person.isBot,
    public_flags: 0,
  };
}

/** A member without its user, as messages carry it. */
export function shownMember(person: Person): Json {
  return {
    nick: person.nick,
    avatar: null,
    roles: person.roles,
    joined_at: joined,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function shownChannel(channel: Channel, world: World): Json {
  if (channel.guild === null) {
    const person = world.people.get(channel.owner ?? '');
    return {
      id: channel.id,
      type: 1,
      last_message_id: channel.messages.at(-1)?.id ?? null,
      flags: 0,
      recipients: person === undefined ? [] : [shownUser(person)],
    };
  }
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild,
    name: channel.name,
    parent_id: channel.parent,
    last_message_id: channel.messages.at(-1)?.id ?? null,
    rate_limit_per_user: 0,
    flags: 0,
  };
  if (threadTypes.has(channel.type)) return { ...common, ...threadPart(channel, world) };
  return {
    ...common,
    position: 0,
    topic: null,
    nsfw: false,
    permission_overwrites: channel.overwrites.map(({ id, kind, allow, deny }) => ({
      id,
      type: kind === 'role' ? 0 : 1,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(channel.type === 15 ? forumPart(channel) : {}),
  };
}

function threadPart(channel: Channel, world: World): Json {
  const isMember = channel.members.has(world.bot.id);
  return {
    owner_id: channel.owner,
    message_count: channel.messages.length,
    member_count: channel.members.size,
    total_message_sent: channel.messages.length,
    applied_tags: channel.tags,
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: channel.autoArchiveMinutes,
      archive_timestamp: new Date(channel.archivedAt).toISOString(),
      create_timestamp: joined,
      ...(channel.type === 12 ? { invitable: true } : {}),
    },
    ...(isMember ? { member: shownThreadMember(channel, world.bot.id) } : {}),
  };
}

export function shownThreadMember(channel: Channel, user: string): Json {
  return { id: channel.id, user_id: user, join_timestamp: joined, flags: 0 };
}

function forumPart(channel: Channel): Json {
  return {
    available_tags: channel.availableTags.map((tag) => ({
      ...tag,
      moderated: false,
      emoji_id: null,
      emoji_name: null,
    })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
    flags: channel.requireTag ? 16 : 0,
  };
}

export function shownRoles(world: World): readonly Json[] {
  return [...world.roles.values()].map((role, position) => ({
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    mentionable: role.mentionable,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.name === 'tutti',
    ...(role.name === 'tutti' ? { tags: { bot_id: world.bot.id } } : {}),
    position,
    flags: 0,
  }));
}

/** The guild, as GUILD_CREATE tells it at the start of a session. */
export function shownGuild(world: World): Json {
  const inGuild = [...world.channels.values()].filter(({ guild }) => guild !== null);
  const isActiveThread = (channel: Channel) =>
    threadTypes.has(channel.type) &&
    !channel.archived &&
    (channel.type !== 12 || channel.members.has(world.bot.id)) &&
    (permissionsOf(world, world.bot, channel) & 1024n) !== 0n;
  return {
    id: world.guild.id,
    name: world.guild.name,
    owner_id: world.guild.owner,
    icon: null,
    features: [],
    roles: shownRoles(world),
    emojis: [],
    stickers: [],
    joined_at: joined,
    large: false,
    unavailable: false,
    member_count: world.people.size,
    members: [{ ...shownMember(world.bot), user: shownUser(world.bot) }],
    // All channels come, with those that are not to be seen; threads only where they are.
    channels: inGuild.filter(({ type }) => !threadTypes.has(type)).map((channel) => shownChannel(channel, world)),
    threads: inGuild.filter(isActiveThread).map((channel) => shownChannel(channel, world)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    premium_tier: 0,
    preferred_locale: 'en-US',
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    afk_timeout: 300,
    system_channel_flags: 0,
    premium_progress_bar_enabled: false,
  };
}
