import { list, strings } from './json.ts';
import { sees } from './permissions.ts';
import type { Channel, Json, World } from './world.ts';

/** Whom a message mentions, and whom that notifies. Taken strictly: whether the sender might mention everyone is not asked. */

export interface Mentions {
  readonly mentions: readonly string[];
  readonly mentionRoles: readonly string[];
  readonly mentionsEveryone: boolean;
  readonly notified: readonly string[];
}

export interface MentionSource {
  readonly text: string;
  /** The `allowed_mentions` of the call; null where it has none. */
  readonly allowed: Json | null;
  /** A webhook, or an interaction's answer: notifies users only, where nothing else is said. */
  readonly isWebhook: boolean;
  /** Who wrote the message that this one answers, where it is one. */
  readonly repliedUser: string | null;
}

export function mentionsOf(source: MentionSource, channel: Channel, world: World): Mentions {
  const { allowed } = source;
  const parse =
    allowed === null ? (source.isWebhook ? ['users'] : ['users', 'roles', 'everyone']) : strings(allowed.parse);
  const inText = (pattern: RegExp) => [...new Set([...source.text.matchAll(pattern)].map(([, id = '']) => id))];
  const users = inText(/<@!?(\d+)>/g).filter((id) => world.people.has(id));
  const roles = inText(/<@&(\d+)>/g).filter((id) => world.roles.has(id));
  const everyone = /@everyone|@here/.test(source.text);
  const pingedUsers = users.filter((id) => parse.includes('users') || strings(allowed?.users).includes(id));
  const pingedRoles = roles.filter((id) => parse.includes('roles') || strings(allowed?.roles).includes(id));
  const pingsEveryone = everyone && parse.includes('everyone');
  const pingsReplied = source.repliedUser !== null && (allowed === null || allowed.replied_user === true);
  const replied = pingsReplied && source.repliedUser !== null ? [source.repliedUser] : [];
  const audience = [...world.people.values()].filter((person) => sees(world, person, channel));
  const byGroup = audience
    .filter(
      ({ id, roles: held }) =>
        (pingsEveryone && id !== world.bot.id) || held.some((role) => pingedRoles.includes(role)),
    )
    .map(({ id }) => id);
  return {
    mentions: [...new Set([...users, ...replied])],
    mentionRoles: roles,
    mentionsEveryone: pingsEveryone,
    notified: [...new Set([...pingedUsers, ...replied, ...byGroup])],
  };
}

/** All that components v2 say, one a line. */
export function textOfComponents(components: readonly Json[]): string {
  return components
    .flatMap((one): readonly string[] => {
      const own = one.type === 10 ? [String(one.content)] : [];
      const inner = textOfComponents(list(one.components));
      return inner === '' ? own : [...own, inner];
    })
    .join('\n');
}
