import { GatewayIntentBits } from 'discord.js';

/** The intents that there are, and which of them have to be switched on for an application. */

export const knownIntents: number = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((sum, bit) => sum | bit, 0);

const messageContent: number = GatewayIntentBits.MessageContent;

export const privilegedIntents = {
  messageContent,
  all: messageContent | GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences,
} as const;

export const intentsOf = {
  guilds: GatewayIntentBits.Guilds,
  messages: GatewayIntentBits.GuildMessages,
  directMessages: GatewayIntentBits.DirectMessages,
  reactions: GatewayIntentBits.GuildMessageReactions,
  directReactions: GatewayIntentBits.DirectMessageReactions,
} as const;
