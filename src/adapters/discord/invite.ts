import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

/** The least that Tutti can work with, and nothing else: no administrator, no mentions of everyone. */
export const neededPermissions = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'ManageThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'ManageWebhooks',
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];

/** The link that adds the application to a server with the permissions it needs; with `guild`, that server is chosen already. */
export function inviteLink(application: string, guild: string | null = null): string {
  const permissions = neededPermissions.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
  const query = new URLSearchParams({
    client_id: application,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(permissions),
    ...(guild === null ? {} : { guild_id: guild }),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
