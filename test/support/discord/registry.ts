import { checkCommands, kindOf } from './command-rules.ts';
import { text } from './json.ts';
import { ApiProblem } from './problems.ts';
import type { Json } from './world.ts';

/** The application's commands: the global ones (scope null) and those of guilds. */
export interface Registry {
  list(guild: string | null): readonly Json[];
  /** Replaces all of a scope; those that stay keep their ids. Throws the problem of the first that cannot be. */
  replace(guild: string | null, commands: readonly Json[]): readonly Json[];
  /** Adds one, or replaces the one of the same name. */
  add(guild: string | null, command: Json): Json;
  remove(guild: string | null, id: string): void;
}

const createsPerDay = 200;

export function createRegistry(application: string, snowflake: () => string): Registry {
  const scopes = new Map<string | null, readonly Json[]>();
  const creates = new Map<string | null, number>();
  const list = (guild: string | null) => scopes.get(guild) ?? [];

  function replace(guild: string | null, commands: readonly Json[]): readonly Json[] {
    checkCommands(commands, guild === null ? 'global' : 'guild');
    const former = new Map(list(guild).map((one) => [keyOf(one), one]));
    const created = commands.filter((one) => !former.has(keyOf(one))).length;
    const total = (creates.get(guild) ?? 0) + created;
    if (total > createsPerDay) throw new ApiProblem(30034);
    creates.set(guild, total);
    const kept = commands.map((command) => ({
      description: '',
      options: [],
      default_member_permissions: null,
      nsfw: false,
      ...command,
      id: former.get(keyOf(command))?.id ?? snowflake(),
      type: kindOf(command),
      application_id: application,
      version: snowflake(),
      ...(guild === null ? {} : { guild_id: guild }),
    }));
    scopes.set(guild, kept);
    return kept;
  }

  return {
    list,
    replace,
    add(guild, command) {
      const others = list(guild).filter((one) => keyOf(one) !== keyOf(command));
      const made = replace(guild, [...others, command]).at(-1);
      if (made === undefined) throw new ApiProblem(10063);
      return made;
    },
    remove(guild, id) {
      if (!list(guild).some((one) => one.id === id)) throw new ApiProblem(10063);
      scopes.set(
        guild,
        list(guild).filter((one) => one.id !== id),
      );
    },
  };
}

function keyOf(command: Json): string {
  return `${kindOf(command)} ${text(command.name)}`;
}
