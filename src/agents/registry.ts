import { UserError } from '../errors.ts';
import { nameProblem } from '../names.ts';
import type { Collection } from '../store/collections.ts';
import { valuesOf } from './values.ts';

/** A name, a project directory and a provider: what is addressed as `@api`. */
export interface ProjectAgent {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** A provider's name, or `auto`. */
  readonly provider: string;
  readonly description: string;
  readonly model: string | null;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** argv, for the provider `command`. */
  readonly command: readonly string[] | null;
  /** What its writing asks run at; `read` means that they are refused. */
  readonly access: 'read' | 'edit' | 'full' | 'ask';
  readonly timeoutMs: number;
  readonly silenceMs: number;
}

export interface AgentGroup {
  readonly name: string;
  /** Names as the agents themselves are written. */
  readonly agents: readonly string[];
}

/** What `/agents add` may set: nothing that starts another program, and no bypass. */
export interface NewAgent {
  readonly name: string;
  readonly directory: string;
  readonly provider: string;
  readonly description: string;
  readonly access: 'read' | 'edit';
}

export interface Registry {
  /** In order: those of the file, then the added ones. */
  agents(): Promise<readonly ProjectAgent[]>;
  groups(): Promise<readonly AgentGroup[]>;
  /** Without regard to case. */
  find(name: string): Promise<ProjectAgent | null>;
  /** The agents that a name stands for: the one, the group's, or everyone for `all`; empty when there is none. */
  expand(name: string): Promise<readonly ProjectAgent[]>;
  /** Throws `bad-name`, `name-taken`. */
  add(agent: NewAgent): Promise<ProjectAgent>;
  /** Throws `unknown-agent`, and `agent-in-file` for one that only the file can remove. */
  remove(name: string): Promise<void>;
  /** Throws `bad-name`, `name-taken`, `unknown-agent`, `group-in-file`. */
  setGroup(name: string, agents: readonly string[]): Promise<AgentGroup>;
  /** Throws `unknown-group`, `group-in-file`. */
  removeGroup(name: string): Promise<void>;
}

export interface RegistryOptions {
  readonly agents: readonly ProjectAgent[];
  readonly groups: readonly AgentGroup[];
  readonly addedAgents: Collection<NewAgent>;
  readonly addedGroups: Collection<AgentGroup>;
  /** For added agents, which name no times of their own. */
  readonly timeoutMs: number;
  readonly silenceMs: number;
}

/** Agents and groups: those of the configuration, and those added at run time, which every process on the data directory sees. */
export function createRegistry(options: RegistryOptions): Registry {
  const { addedAgents, addedGroups } = options;

  async function agents(): Promise<readonly ProjectAgent[]> {
    const added = await valuesOf(addedAgents);
    return unique([...options.agents, ...added.map((agent) => complete(agent, options))]);
  }

  async function groups(): Promise<readonly AgentGroup[]> {
    return unique([...options.groups, ...(await valuesOf(addedGroups))]);
  }

  async function find(name: string): Promise<ProjectAgent | null> {
    return named(await agents(), name);
  }

  async function checkName(name: string): Promise<void> {
    const problem = nameProblem(name);
    if (problem !== null) throw new UserError('bad-name', `The name "${name}" ${problem}.`, { exit: 2 });
  }

  return {
    agents,
    groups,
    find,
    async expand(name) {
      if (key(name) === 'all') return agents();
      const agent = await find(name);
      if (agent !== null) return [agent];
      const members = named(await groups(), name)?.agents ?? [];
      const all = await agents();
      return members.map((member) => named(all, member)).filter((member) => member !== null);
    },
    async add(agent) {
      await checkName(agent.name);
      if ((await find(agent.name)) !== null || named(await groups(), agent.name) !== null) throw taken(agent.name);
      await addedAgents.set(key(agent.name), agent);
      return complete(agent, options);
    },
    async remove(name) {
      if (named(options.agents, name) !== null) throw inFile('agent', name);
      if (!(await addedAgents.delete(key(name)))) throw unknown('agent', name);
    },
    async setGroup(name, members) {
      await checkName(name);
      if ((await find(name)) !== null) throw taken(name);
      if (named(options.groups, name) !== null) throw inFile('group', name);
      const all = await agents();
      const found = members.map((member) => {
        const agent = named(all, member);
        if (agent === null) throw unknown('agent', member);
        return agent.name;
      });
      const group = { name, agents: [...new Set(found)] };
      await addedGroups.set(key(name), group);
      return group;
    },
    async removeGroup(name) {
      if (named(options.groups, name) !== null) throw inFile('group', name);
      if (!(await addedGroups.delete(key(name)))) throw unknown('group', name);
    },
  };
}

function complete(agent: NewAgent, { timeoutMs, silenceMs }: RegistryOptions): ProjectAgent {
  return { ...agent, model: null, args: [], env: {}, command: null, timeoutMs, silenceMs };
}

function key(name: string): string {
  return name.toLowerCase();
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T | null {
  return all.find((one) => key(one.name) === key(name)) ?? null;
}

/** The first of each name: the file goes before what was added. */
function unique<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.toReversed().map((one) => [key(one.name), one])).values()].toReversed();
}

function taken(name: string): UserError {
  return new UserError('name-taken', `There is an agent or a group named "${name}" already.`, { exit: 2 });
}

function unknown(kind: 'agent' | 'group', name: string): UserError {
  return new UserError(`unknown-${kind}`, `There is no ${kind} named "${name}".`, { exit: 2 });
}

function inFile(kind: 'agent' | 'group', name: string): UserError {
  return new UserError(`${kind}-in-file`, `The ${kind} "${name}" stands in the configuration file.`, {
    hint: 'Change it there.',
    exit: 2,
  });
}
