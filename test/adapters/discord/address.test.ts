import { expect, it } from 'vitest';
import {
  conversationOf,
  type DiscordAddress,
  placeOf,
  readAddress,
  writeAddress,
} from '../../../src/adapters/discord/address.ts';

const address: DiscordAddress = {
  id: '5',
  at: '2026-01-01T00:00:00.000Z',
  conversation: conversationOf('5'),
  guild: '1',
  channel: '2',
  thread: null,
  message: '5',
  user: '9',
  title: 'why?',
  announce: null,
  respond: null,
  fallback: 'token',
  earlier: 'new',
  about: null,
  pressed: null,
};

it('is plain data and back', () => {
  const written = writeAddress(address);
  expect(JSON.parse(JSON.stringify(written))).toEqual(written);
  expect(written.surface).toBe('discord');
  expect(readAddress(written)).toEqual(address);
  expect(readAddress({ surface: 'discord', data: { earlier: 'other' } }).earlier).toBeNull();
});

it('makes a place of a channel, of a thread, and of direct messages', () => {
  const where = { guild: '1', channel: '2', thread: '5', private: false };
  expect(placeOf('7', where)).toEqual({
    ...{ surface: 'discord', workspace: '1', channel: '2', thread: '5', direct: false, private: false },
  });
  expect(placeOf('7', { guild: null, channel: '3', thread: null, private: true })).toEqual({
    ...{ surface: 'discord', workspace: '7', channel: '3', direct: true, private: true },
  });
});
