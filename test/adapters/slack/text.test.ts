import { describe, expect, it } from 'vitest';
import { mentionedPeople, mentionsMany, readText, withoutOwnMention } from '../../../src/adapters/slack/text.ts';

const nameOf = (id: string) => ({ U0BOB: 'bob' })[id] ?? id;

describe('text from Slack', () => {
  it.each([
    ['ask <@U0BOB> and <@U1|carol>', 'ask bob and U1'],
    ['in <#C0GENERAL|general> or <#C1>', 'in #general or #C1'],
    ['see <https://example.com/a?b=1&amp;c=2>', 'see https://example.com/a?b=1&c=2'],
    ['see <https://example.com|the docs>', 'see [the docs](https://example.com)'],
    ['mail <mailto:a@b.example|a@b.example>', 'mail a@b.example'],
    ['<!here> <!subteam^S0BACKEND|@backend>', 'here backend'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['```\nif (a &lt; b) {}\n```', '```\nif (a < b) {}\n```'],
  ])('%s', (text, expected) => {
    expect(readText(text, nameOf)).toBe(expected);
  });

  it('knows whom it mentions', () => {
    expect(mentionedPeople('<@U0BOB> <@U0BOB|bob> <@W12> &lt;@U3&gt;')).toEqual(['U0BOB', 'W12']);
    expect(mentionsMany('<!channel> look')).toBe(true);
    expect(mentionsMany('<!subteam^S1>')).toBe(true);
    expect(mentionsMany('&lt;!channel&gt;')).toBe(false);
  });

  it('loses the mention of the bot it opens with, and no other', () => {
    expect(withoutOwnMention('<@U0TUTTI>, why?', 'U0TUTTI')).toEqual({ mentioned: true, text: 'why?' });
    expect(withoutOwnMention(' <@U0TUTTI|tutti>: <@U0BOB> why?', 'U0TUTTI').text).toBe('<@U0BOB> why?');
    expect(withoutOwnMention('why, <@U0TUTTI>?', 'U0TUTTI')).toEqual({ mentioned: true, text: 'why, <@U0TUTTI>?' });
    expect(withoutOwnMention('why?', 'U0TUTTI').mentioned).toBe(false);
  });
});
