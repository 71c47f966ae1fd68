import { PermissionFlagsBits } from 'discord.js';
import { ApiProblem } from './problems.ts';
import type { Channel, Person, World } from './world.ts';

/** Who may do what where: roles, then a channel's overwrites. A thread has its channel's. */

export type PermissionName = keyof typeof PermissionFlagsBits;

export function bits(...names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
}

export const everyonesRights = bits(
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseApplicationCommands',
);

/** What the bot asks for when it is added. */
export const askedFor = everyonesRights | bits('CreatePrivateThreads', 'ManageThreads', 'ManageWebhooks');

const all = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);
const inDirect = bits('ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles', 'ReadMessageHistory', 'AddReactions');

export function permissionsOf(world: World, person: Person, channel: Channel): bigint {
  if (channel.guild === null) return channel.owner === person.id || person.isBot ? inDirect : 0n;
  if (person.id === world.guild.owner) return all;
  const held = [world.guild.id, ...person.roles];
  const base = held.reduce((sum, id) => sum | (world.roles.get(id)?.permissions ?? 0n), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return all;
  const { overwrites } = channel.parent === null ? channel : (world.channels.get(channel.parent) ?? channel);
  const ofEveryone = overwrites.filter(({ id }) => id === world.guild.id);
  const ofRoles = overwrites.filter(({ id, kind }) => kind === 'role' && person.roles.includes(id));
  const own = overwrites.filter(({ id, kind }) => kind === 'member' && id === person.id);
  let rights = base;
  for (const group of [ofEveryone, ofRoles, own]) {
    for (const { deny } of group) rights &= ~deny;
    for (const { allow } of group) rights |= allow;
  }
  return rights;
}

export function mayAll(world: World, person: Person, channel: Channel, ...names: readonly PermissionName[]): boolean {
  const needed = bits(...names);
  return (permissionsOf(world, person, channel) & needed) === needed;
}

/** Whether somebody sees a channel; a private thread is seen by its members, and by who manages threads. */
export function sees(world: World, person: Person, channel: Channel): boolean {
  if (!mayAll(world, person, channel, 'ViewChannel')) return false;
  return channel.type !== 12 || channel.members.has(person.id) || mayAll(world, person, channel, 'ManageThreads');
}

/** The bot needs these in the channel. Throws 50001 where it does not see it, 50013 where it lacks one. */
export function demand(world: World, channel: Channel, ...names: readonly PermissionName[]): void {
  if (!sees(world, world.bot, channel)) throw new ApiProblem(50001);
  if (!mayAll(world, world.bot, channel, ...names)) throw new ApiProblem(50013);
}

/** Takes a permission from the bot in one channel, or gives it back. */
export function overwrite(world: World, channel: Channel, permission: PermissionName, isDenied: boolean): void {
  const bit = bits(permission);
  const own = channel.overwrites.find(({ id }) => id === world.bot.id);
  const others = channel.overwrites.filter((one) => one !== own);
  const deny = isDenied ? (own?.deny ?? 0n) | bit : (own?.deny ?? 0n) & ~bit;
  channel.overwrites = [...others, { id: world.bot.id, kind: 'member', allow: own?.allow ?? 0n, deny }];
}
