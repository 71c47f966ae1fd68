import { type REST, Routes } from 'discord.js';
import { fields, list, text } from '../untyped.ts';

/** Roles of people whose messages do not tell them: those that were fetched. */
export interface People {
  /** None where Discord does not tell: no rule for roles applies. */
  roles(guild: string | null, user: string): Promise<readonly string[]>;
}

const keptMs = 300_000;

export function createPeople(rest: REST, clock: () => number): People {
  const known = new Map<string, { readonly roles: Promise<readonly string[]>; readonly until: number }>();

  async function fetchRoles(guild: string, user: string): Promise<readonly string[]> {
    try {
      return list(fields(await rest.get(Routes.guildMember(guild, user))).roles).map(text);
    } catch {
      known.delete(`${guild}:${user}`);
      return [];
    }
  }

  return {
    async roles(guild, user) {
      if (guild === null) return [];
      const key = `${guild}:${user}`;
      const before = known.get(key);
      const fresh =
        before !== undefined && before.until > clock()
          ? before
          : { roles: fetchRoles(guild, user), until: clock() + keptMs };
      known.set(key, fresh);
      return fresh.roles;
    },
  };
}
