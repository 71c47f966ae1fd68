import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { Author } from '../adapter.ts';
import { outcomeOf } from './outcome.ts';

export interface PeopleOptions {
  readonly client: WebClient;
  readonly log: Log;
  /** Whether rules speak of user groups: else they are never asked for. */
  readonly groups: boolean;
  clock(): number;
}

/** People by id: names for what is shown, user groups for what they may do. */
export interface People {
  /** As far as rights go; asks Slack for groups only, and seldom. */
  author(id: string, isBot: boolean): Promise<Author>;
  /** A name; the id where Slack does not tell in time. */
  name(id: string): Promise<string>;
}

const nameMs = 3_600_000;
const groupsMs = 300_000;
const patienceMs = 1_000;

export function createPeople({ client, log, groups, clock }: PeopleOptions): People {
  const names = new Map<string, { readonly name: Promise<string>; readonly until: number }>();
  let members: { readonly byPerson: Promise<ReadonlyMap<string, readonly string[]>>; readonly until: number } | null =
    null;

  async function fetchName(id: string): Promise<string> {
    try {
      const { user } = await client.users.info({ user: id });
      return user?.profile?.display_name || user?.real_name || user?.name || id;
    } catch {
      names.delete(id);
      return id;
    }
  }

  async function fetchMembers(): Promise<ReadonlyMap<string, readonly string[]>> {
    const byPerson = new Map<string, string[]>();
    try {
      const { usergroups } = await client.usergroups.list({ include_users: true });
      for (const group of usergroups ?? []) {
        for (const person of group.users ?? []) byPerson.set(person, [...(byPerson.get(person) ?? []), group.id ?? '']);
      }
    } catch (error) {
      members = null;
      const outcome = outcomeOf(error);
      log.warn('user groups could not be read, so no rule for roles applies', {
        reason: 'message' in outcome ? outcome.message : outcome.kind,
      });
    }
    return byPerson;
  }

  async function rolesOf(id: string): Promise<readonly string[]> {
    if (!groups) return [];
    if (members === null || members.until < clock()) members = { byPerson: fetchMembers(), until: clock() + groupsMs };
    return (await members.byPerson).get(id) ?? [];
  }

  return {
    author: async (id, isBot) => ({ id, name: id, isBot, roles: isBot ? [] : await rolesOf(id) }),
    async name(id) {
      const known = names.get(id);
      const fresh =
        known !== undefined && known.until > clock() ? known : { name: fetchName(id), until: clock() + nameMs };
      names.set(id, fresh);
      return inTime(fresh.name, id);
    },
  };
}

async function inTime(name: Promise<string>, fallback: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(fallback), patienceMs);
  });
  const first = await Promise.race([name, late]);
  clearTimeout(timer);
  return first;
}
