import { describe, expect, it } from 'vitest';
import { readText, withoutOwnMention } from '../../../src/adapters/discord/text.ts';

const names = {
  person: (id: string) => (id === '1' ? 'alice' : null),
  role: (id: string) => (id === '2' ? 'engineers' : null),
  channel: (id: string) => (id === '3' ? 'general' : null),
};

describe('text of Discord', () => {
  it.each([
    ['<@1> and <@!1>', 'alice and alice'],
    ['<@99>', '99'],
    ['<@&2> in <#3> or <#4>', 'engineers in #general or #4'],
    ['</ask me:77> now', '/ask me now'],
    ['<:party:12> <a:dance:13>', ':party: :dance:'],
    ['<t:0:R>', '1970-01-01T00:00:00.000Z'],
    ['<t:99999999999999999999>', '<t:99999999999999999999>'],
    ['<id:customize>', 'customize'],
    ['a < b > c <x@y>', 'a < b > c <x@y>'],
  ])('%j is %j', (text, expected) => {
    expect(readText(text, names)).toBe(expected);
  });

  it('loses our own mention at its beginning, by id or by role', () => {
    const own = { userId: '7', role: '8' };
    expect(withoutOwnMention('<@7>, <@!7> hello <@7>', own)).toEqual({ text: 'hello <@7>', mentioned: true });
    expect(withoutOwnMention('<@&8> hello', own)).toEqual({ text: 'hello', mentioned: true });
    expect(withoutOwnMention('<@&8> hello', { userId: '7', role: null }).mentioned).toBe(false);
    expect(withoutOwnMention('hello <@77>', own)).toEqual({ text: 'hello <@77>', mentioned: false });
  });

  it('mentions nobody in code', () => {
    const mentions = (text: string) => withoutOwnMention(text, { userId: '7', role: null }).mentioned;
    expect(mentions('write `<@7>` to ask')).toBe(false);
    expect(mentions('```\n<@7> `why`?\n```')).toBe(false);
    expect(mentions('``a ` <@7>``')).toBe(false);
    expect(mentions('`a` <@7> `b`')).toBe(true);
    expect(mentions('an open ` before <@7>')).toBe(true);
  });
});
