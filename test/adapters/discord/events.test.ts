import { describe, expect, it } from 'vitest';
import { readDeletion, readEdit, readMessage } from '../../../src/adapters/discord/events.ts';

const own = { userId: '7', application: '70' };
const message = {
  id: '100',
  type: 0,
  channel_id: '2',
  guild_id: '1',
  content: '<@9> look',
  author: { id: '3', username: 'alice', global_name: 'Alice' },
  member: { nick: 'Al', roles: ['11', '12'] },
  mentions: [{ id: '9', username: 'bob', member: { nick: 'Bobby' } }],
  attachments: [
    { id: '5', filename: 'a.txt', size: 3, content_type: 'text/plain', url: 'https://cdn.discordapp.com/a' },
  ],
};

describe('a message', () => {
  it('is read with names as they are known here', () => {
    expect(readMessage(message, own)).toEqual({
      kind: 'posted',
      id: '100',
      guild: '1',
      channel: '2',
      user: '3',
      name: 'Al',
      isBot: false,
      roles: ['11', '12'],
      text: '<@9> look',
      mentions: new Map([['9', 'Bobby']]),
      mentionsMany: false,
      reply: null,
      files: [{ id: '5', name: 'a.txt', type: 'text/plain', bytes: 3, url: 'https://cdn.discordapp.com/a' }],
    });
  });

  it('is no message of ours, of a system, or without a writer', () => {
    expect(readMessage({ ...message, author: { id: '7' } }, own)).toBeNull();
    expect(readMessage({ ...message, webhook_id: '8', application_id: '70' }, own)).toBeNull();
    expect(readMessage({ ...message, type: 18 }, own)).toBeNull();
    expect(readMessage({ ...message, author: null }, own)).toBeNull();
    expect(readMessage('x', own)).toBeNull();
  });

  it('tells bots and webhooks of others, and that roles are not known', () => {
    expect(readMessage({ ...message, webhook_id: '8' }, own)?.isBot).toBe(true);
    expect(readMessage({ ...message, author: { id: '4', bot: true } }, own)?.isBot).toBe(true);
    expect(readMessage({ ...message, member: undefined }, own)).toMatchObject({ roles: null, name: 'Alice' });
  });

  it('tells what it answers', () => {
    const reply = { ...message, type: 19, message_reference: { message_id: '50' } };
    expect(readMessage({ ...reply, referenced_message: { author: { id: '7' } } }, own)?.reply).toEqual({
      id: '50',
      isOwn: true,
    });
    expect(readMessage({ ...reply, referenced_message: null }, own)?.reply).toEqual({ id: '50', isOwn: false });
    expect(readMessage({ ...message, message_reference: { message_id: '50' } }, own)?.reply).toBeNull();
  });
});

describe('a change', () => {
  it('is an edit by a person', () => {
    expect(readEdit({ ...message, edited_timestamp: '2026-01-01' }, own)).toMatchObject({
      id: '100',
      text: '<@9> look',
    });
    expect(readEdit(message, own)).toBeNull();
    expect(readEdit({ ...message, edited_timestamp: '2026-01-01', webhook_id: '8' }, own)).toBeNull();
  });

  it('is a deletion, of one or of many', () => {
    expect(readDeletion({ id: '1', channel_id: '2' }).map(({ id }) => id)).toEqual(['1']);
    expect(readDeletion({ ids: ['1', '2'], channel_id: '3', guild_id: '4' })).toMatchObject([
      { id: '1', text: null, channel: '3', guild: '4' },
      { id: '2' },
    ]);
    expect(readDeletion(null)).toEqual([]);
  });
});
