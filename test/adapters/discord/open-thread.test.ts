import { describe, expect, it } from 'vitest';
import { createOpenThread, titleOf } from '../../../src/adapters/discord/open-thread.ts';
import { type DoubleOptions, ids, startDiscord } from '../../support/discord/double.ts';
import { signedIn, silent } from '../../support/discord/signed-in.ts';

async function opening(options: DoubleOptions = {}) {
  const discord = await startDiscord({ limits: 'fast', ...options });
  const { rest } = await signedIn(discord);
  const signal = new AbortController().signal;
  const failures: string[] = [];
  const { at } = createOpenThread({
    ...{ rest, log: silent, signal, backoffMs: [20], clock: () => performance.now() },
    failed: ({ code }) => void failures.push(code),
  });
  return { discord, at, failures };
}

describe('opening threads', () => {
  it('opens one at a message, once, over lost answers', async () => {
    const { discord, at } = await opening();
    const { id } = discord.say('why?');
    discord.fail('thread.create', 'after');
    expect(await at(ids.general, id, 'why?')).toBe(id);
    expect(await at(ids.general, id, 'why?')).toBe(id);
    expect(discord.threads()).toHaveLength(1);
  });

  it('does not ask again and again where it may not', async () => {
    const { discord, at } = await opening({ without: ['CreatePublicThreads'] });
    const [one, other] = [discord.say('a'), discord.say('b')];
    expect(await at(ids.general, one.id, 'a')).toBeNull();
    expect(await at(ids.general, other.id, 'b')).toBeNull();
    expect(discord.calls.filter(({ route }) => route === 'thread.create')).toHaveLength(1);
  });

  it('says when it may not do anything any more', async () => {
    const { discord, at, failures } = await opening();
    const { id } = discord.say('a');
    discord.revoke();
    await expect(at(ids.general, id, 'a')).rejects.toThrow();
    expect(failures).toEqual(['discord-sign-in']);
  });

  it('opens none at a message that is gone', async () => {
    const { discord, at } = await opening();
    const message = discord.say('a');
    discord.remove(message);
    expect(await at(ids.general, message.id, 'a')).toBeNull();
  });
});

it.each([
  ['why?', 'why?'],
  ['  one\n\ntwo\u202e ', 'one two'],
  ['', 'Question'],
  ['word '.repeat(40), /^(?:word )+…$/],
])('is called after %j', (question, title) => {
  expect(titleOf(question)).toMatch(title);
  expect(titleOf(question).length).toBeLessThanOrEqual(100);
});
