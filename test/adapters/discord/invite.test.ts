import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { expect, it } from 'vitest';
import { inviteLink, neededPermissions } from '../../../src/adapters/discord/invite.ts';

it('asks for what is needed and for nothing that could do harm', () => {
  const { origin, pathname, searchParams } = new URL(inviteLink('110'));
  expect([origin, pathname]).toEqual(['https://discord.com', '/oauth2/authorize']);
  expect(searchParams.get('client_id')).toBe('110');
  expect(searchParams.get('scope')).toBe('bot applications.commands');
  const asked = new PermissionsBitField(BigInt(searchParams.get('permissions') ?? '0'));
  expect(asked.toArray().toSorted()).toEqual([...neededPermissions].toSorted());
  expect(asked.has(PermissionFlagsBits.Administrator)).toBe(false);
  expect(asked.any([PermissionFlagsBits.MentionEveryone, PermissionFlagsBits.ManageGuild])).toBe(false);
  expect(searchParams.has('guild_id')).toBe(false);
});

it('chooses a server', () => {
  expect(new URL(inviteLink('110', '220')).searchParams.get('guild_id')).toBe('220');
});
