import { ChannelType, type Client, PermissionFlagsBits } from 'discord.js';

/** What a channel is. Where Discord does not tell, it is private: what is said there is shown nowhere else. */
export interface ChannelFacts {
  /** Null in direct messages. */
  readonly guild: string | null;
  /** The channel itself; of a thread, the one it belongs to. */
  readonly channel: string;
  readonly thread: string | null;
  readonly private: boolean;
  /** A thread of this one is a post of a forum. */
  readonly forum: boolean;
}

export interface Channels {
  /** `guild` is what the event itself says. */
  facts(id: string, guild: string | null): Promise<ChannelFacts>;
  name(id: string): string | null;
  roleName(guild: string | null, role: string): string | null;
  /** The role that Discord made for us in a server. */
  ownRole(guild: string | null): string | null;
}

/** Reads what discord.js keeps of channels, and asks for what it has forgotten (threads, after some hours). */
export function createChannels(client: Client): Channels {
  const guildOf = (id: string | null) => (id === null ? undefined : client.guilds.cache.get(id));
  return {
    async facts(id, guild) {
      if (guild === null) return { guild, channel: id, thread: null, private: true, forum: false };
      const unknown = { guild, channel: id, thread: null, private: true, forum: false };
      const channel = client.channels.cache.get(id) ?? (await client.channels.fetch(id).catch(() => null));
      if (channel === null || channel.isDMBased()) return unknown;
      const everyone = channel.guild.roles.everyone;
      const isHidden = channel.permissionsFor(everyone)?.has(PermissionFlagsBits.ViewChannel) !== true;
      if (!channel.isThread()) return { ...unknown, private: isHidden };
      return {
        guild,
        channel: channel.parentId ?? id,
        thread: id,
        private: isHidden || channel.type === ChannelType.PrivateThread,
        forum: channel.parent?.isThreadOnly() ?? false,
      };
    },
    name(id) {
      const channel = client.channels.cache.get(id);
      return channel !== undefined && 'name' in channel ? channel.name : null;
    },
    roleName: (guild, role) => guildOf(guild)?.roles.cache.get(role)?.name ?? null,
    ownRole: (guild) => guildOf(guild)?.roles.cache.find(({ tags }) => tags?.botId === client.user?.id)?.id ?? null,
  };
}
