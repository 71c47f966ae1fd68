import type { AccessRule, Requester } from '../access/access.ts';
import { allowed, mayQuestion } from '../access/rules.ts';
import type { Capabilities, SearchResult } from '../agents/provider.ts';
import type { ProjectAgent } from '../agents/registry.ts';
import type { MentionTargets } from '../markdown/mentions.ts';
import type { RosterEntry } from '../moderator/moderator.ts';
import type { Reachable } from './plan.ts';

/** The agents, groups and worktrees at one moment: what can be addressed, and where it is. */
export interface World {
  readonly agents: readonly ProjectAgent[];
  readonly groups: readonly { readonly name: string; readonly agents: readonly string[] }[];
  /** By agent. */
  readonly worktrees: ReadonlyMap<string, readonly { readonly branch: string; readonly directory: string }[]>;
}

export function targetsIn(world: World): MentionTargets {
  return {
    agents: world.agents.map(({ name }) => ({
      name,
      branches: (world.worktrees.get(name) ?? []).map(({ branch }) => branch),
    })),
    groups: world.groups.map(({ name }) => name),
  };
}

/** Every name that may be written: agents, groups, `agent/branch`. */
export function namesIn({ agents, groups, worktrees }: World): readonly string[] {
  const branches = [...worktrees].flatMap(([agent, list]) => list.map(({ branch }) => `${agent}/${branch}`));
  return [...agents.map(({ name }) => name), ...groups.map(({ name }) => name), ...branches];
}

/** Absolute directory of an agent or `agent/branch`; null where there is none. */
export function directoryIn(world: World, name: string): string | null {
  const [base = '', ...rest] = name.split('/');
  const agent = agentIn(world, base);
  if (agent === null || rest.length === 0) return agent?.directory ?? null;
  const branch = rest.join('/');
  return world.worktrees.get(agent.name)?.find((one) => one.branch === branch)?.directory ?? null;
}

/** The agent that a name or `agent/branch` belongs to. */
export function agentIn({ agents }: World, name: string): ProjectAgent | null {
  const [base = ''] = name.split('/');
  return agents.find((agent) => agent.name.toLowerCase() === base.toLowerCase()) ?? null;
}

/** What of it a person may ask and let write, here. */
export function reachableIn(
  world: World,
  rules: readonly AccessRule[],
  requester: Requester,
  readOnlyOf: (agent: ProjectAgent) => Capabilities['readOnly'],
): Reachable {
  return {
    agents: world.agents.map(({ name }) => name),
    names: namesIn(world),
    expand: (name) => expand(world, name),
    mayRead(name) {
      const agent = agentIn(world, name);
      return agent !== null && mayQuestion(rules, requester, agent.name, readOnlyOf(agent));
    },
    advisory(name) {
      const agent = agentIn(world, name);
      return agent !== null && readOnlyOf(agent) === 'advisory';
    },
    mayWrite: (name) => allowed(rules, requester, 'write', agentIn(world, name)?.name ?? name),
    readsOnly: (name) => agentIn(world, name)?.access === 'read',
  };
}

function expand(world: World, name: string): readonly string[] {
  if (name.includes('/')) return directoryIn(world, name) === null ? [] : [canonical(world, name)];
  const agent = agentIn(world, name);
  if (agent !== null) return [agent.name];
  return world.groups.find((group) => group.name.toLowerCase() === name.toLowerCase())?.agents ?? [];
}

function canonical(world: World, name: string): string {
  const [, ...rest] = name.split('/');
  return [agentIn(world, name)?.name ?? name, ...rest].join('/');
}

/** The agents as a mind sees them: who they are, and what the search index finds there for the question (null: not asked). */
export function rosterIn(
  world: World,
  names: readonly string[],
  found: readonly (SearchResult | null)[],
): readonly RosterEntry[] {
  return names.map((name, index) => {
    const agent = agentIn(world, name);
    const result = found[index] ?? null;
    const files = result === null ? [] : [...new Set(result.hits.map((hit) => hit.path))];
    return {
      name,
      description: agent?.description ?? '',
      provider: agent?.provider ?? '',
      directory: directoryIn(world, name) ?? '',
      found: files.length > 0 ? files : (result?.nearest ?? []),
      confidence: result?.confidence ?? 0,
    };
  });
}
