import { ids } from './ids.ts';
import { askedFor, bits, everyonesRights } from './permissions.ts';
import { type Channel, channelOf, type Overwrite, type Person, type Webhook, type World } from './world.ts';

/** The world as it is when a double starts. */

export function createWorld(options: { readonly requireTag: boolean; readonly foreignWebhooks: number }): World {
  const channels = new Map<string, Channel>();
  const { snowflake } = createSnowflakes();
  const add = (channel: Partial<Channel> & Pick<Channel, 'id' | 'type' | 'name'>): Channel => {
    const made = channelOf({ guild: ids.guild, ...channel });
    channels.set(made.id, made);
    return made;
  };
  add({ id: ids.general, type: 0, name: 'general' });
  add({ id: ids.random, type: 0, name: 'random' });
  add({ id: ids.secret, type: 0, name: 'secret', overwrites: onlyFor(ids.engineers, ids.botRole) });
  add({ id: ids.outside, type: 0, name: 'outside', overwrites: onlyFor(ids.engineers) });
  add({ id: ids.announcements, type: 5, name: 'announcements' });
  const tags = { [ids.tagRunning]: 'running', [ids.tagDone]: 'done', [ids.tagFailed]: 'failed' };
  add({
    id: ids.forum,
    type: 15,
    name: 'questions',
    availableTags: Object.entries(tags).map(([id, name]) => ({ id, name })),
    requireTag: options.requireTag,
  });
  const bot = personOf(ids.bot, 'tutti', { isBot: true, roles: [ids.botRole] });
  const webhooks = new Map<string, Webhook>();
  for (let count = 0; count < options.foreignWebhooks; count += 1) {
    const id = snowflake();
    webhooks.set(id, { id, channel: ids.general, name: `other ${count + 1}`, token: `other-${id}`, application: null });
  }
  return {
    guild: { id: ids.guild, name: 'Guild', owner: ids.bob },
    bot,
    people: new Map(
      [
        bot,
        personOf(ids.alice, 'alice', { globalName: 'Alice A.', nick: 'Ali', roles: [ids.engineers] }),
        personOf(ids.bob, 'bob', { globalName: 'Bob', roles: [ids.admins] }),
        personOf(ids.carol, 'carol', { globalName: 'Carol' }),
        personOf(ids.mallory, 'mallory', {}),
      ].map((person) => [person.id, person]),
    ),
    roles: new Map(
      [
        { id: ids.everyone, name: '@everyone', permissions: everyonesRights, mentionable: false },
        { id: ids.botRole, name: 'tutti', permissions: askedFor, mentionable: false },
        { id: ids.engineers, name: 'engineers', permissions: 0n, mentionable: true },
        { id: ids.admins, name: 'admins', permissions: bits('Administrator'), mentionable: false },
      ].map((role) => [role.id, role]),
    ),
    channels,
    webhooks,
    files: new Map(),
    snowflake,
    find: (channel, id) => channels.get(channel)?.messages.find((message) => message.id === id) ?? null,
    direct: (user) =>
      [...channels.values()].find(({ type, owner }) => type === 1 && owner === user) ??
      add({ id: snowflake(), type: 1, name: '', guild: null, owner: user }),
  };
}

function personOf(id: string, username: string, rest: Partial<Person>): Person {
  return { id, username, globalName: null, nick: null, isBot: false, roles: [], ...rest };
}

function onlyFor(...roles: readonly string[]): readonly Overwrite[] {
  const view = bits('ViewChannel');
  return [
    { id: ids.everyone, kind: 'role', allow: 0n, deny: view },
    ...roles.map((id) => ({ id, kind: 'role' as const, allow: view, deny: 0n })),
  ];
}

function createSnowflakes(): { snowflake(): string } {
  let last = 0n;
  return {
    snowflake() {
      const now = BigInt(Date.now() - 1_420_070_400_000) << 22n;
      last = now > last ? now : last + 1n;
      return String(last);
    },
  };
}
