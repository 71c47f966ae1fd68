import { describe, expect, it } from 'vitest';
import { readInteraction } from '../../../src/adapters/discord/interactions.ts';

const base = {
  id: '175928847299117063',
  token: 'secret',
  guild_id: '1',
  channel_id: '2',
  member: { user: { id: '3', username: 'alice' }, nick: 'Al', roles: ['11'] },
};

describe('an interaction', () => {
  it('is a command with its options', () => {
    const options = [{ name: 'list', type: 1, options: [{ name: 'limit', type: 10, value: 5, focused: true }] }];
    const resolved = { users: { 9: { id: '9', username: 'bob' } }, members: { 9: { nick: 'Bobby' } } };
    const command = { type: 1, name: 'history', options, resolved };
    expect(readInteraction({ ...base, type: 2, data: command })).toMatchObject({
      mentions: new Map([['9', 'Bobby']]),
      kind: 'command',
      name: 'history',
      at: '2016-04-30T11:18:25.796Z',
      author: { id: '3', name: 'Al', isBot: false, roles: ['11'] },
      options,
    });
  });

  it('is an entry of a menu, a press, a form, or something that is typed', () => {
    expect(readInteraction({ ...base, type: 2, data: { type: 3, name: 'x', target_id: '9' } })).toMatchObject({
      kind: 'menu',
      target: '9',
    });
    expect(readInteraction({ ...base, type: 3, data: { custom_id: 'a' } })).toMatchObject({
      kind: 'press',
      customId: 'a',
    });
    expect(readInteraction({ ...base, type: 4, data: { name: 'ask' } })).toMatchObject({ kind: 'typing' });
    const inLabel = { type: 18, component: { type: 4, custom_id: 'text', value: 'one' } };
    const inRow = { type: 1, components: [{ type: 4, custom_id: 'other', value: 'two' }] };
    const form = readInteraction({ ...base, type: 5, data: { custom_id: 'f', components: [inLabel, inRow] } });
    expect([...(form?.values ?? [])]).toEqual([
      ['text', 'one'],
      ['other', 'two'],
    ]);
  });

  it('comes from a person alone in direct messages', () => {
    const { member: _, guild_id: __, ...direct } = base;
    const read = readInteraction({ ...direct, user: { id: '3', username: 'alice' }, type: 2, data: { type: 1 } });
    expect(read).toMatchObject({ guild: null, author: { id: '3', name: 'alice', roles: [] } });
  });

  it('is nothing where it does not fit', () => {
    expect(readInteraction(null)).toBeNull();
    expect(readInteraction({ ...base, type: 1 })).toBeNull();
    expect(readInteraction({ ...base, type: 2, data: { type: 2 } })).toBeNull();
    expect(readInteraction({ ...base, token: '', type: 2, data: { type: 1 } })).toBeNull();
  });
});
