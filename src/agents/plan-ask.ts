import { randomUUID } from 'node:crypto';
import type { Usage } from '../usage.ts';
import type { AskRequest } from './ask.ts';
import { bypassingArgument } from './bypass.ts';
import type { ProviderChooser } from './choose.ts';
import type { AgentProvider, FailureReason } from './provider.ts';
import type { ProjectAgent, Registry } from './registry.ts';
import type { SessionKey, SessionRecord, Sessions } from './sessions.ts';

/** Everything that is settled about an ask before its provider runs. */
export interface AskPlan {
  readonly agent: ProjectAgent;
  readonly key: SessionKey;
  readonly worktree: string | null;
  readonly provider: AgentProvider;
  /** The provider's session to go on with, or null. */
  readonly resume: string | null;
  /** `resume`, or a UUID for a fresh one. */
  readonly session: string;
  /** The agent's own arguments, as far as this access allows them. */
  readonly args: readonly string[];
  /** The session's sums so far, for providers that report sums. */
  readonly sums: Usage | null;
  readonly notices: readonly string[];
}

/** Why an ask cannot even begin, in words for people. */
export interface Refusal {
  readonly reason: FailureReason;
  readonly message: string;
  readonly directory: string;
}

export interface PlanTools {
  readonly providers: readonly AgentProvider[];
  readonly registry: Registry;
  readonly sessions: Sessions;
  readonly chooser: ProviderChooser;
  /** Absolute directory of a worktree, or null when there is none of this branch. */
  worktreeDirectory(agent: string, branch: string): Promise<string | null>;
}

export function isRefusal(plan: AskPlan | Refusal): plan is Refusal {
  return 'reason' in plan;
}

/** Finds the agent, its directory, its provider and the session to go on with. */
export async function planAsk(request: AskRequest, tools: PlanTools): Promise<AskPlan | Refusal> {
  const place = await findPlace(request, tools);
  if ('reason' in place) return place;
  const { agent, key } = place;
  const record = await recordFor(request, key, tools.sessions);
  const name = record?.provider ?? (await providerName(agent, tools.chooser));
  const provider = tools.providers.find((one) => one.name === name);
  if (provider === undefined) {
    return refusal('not-installed', `There is no provider "${name}" for ${request.agent}.`, key);
  }
  const asked = request.session ?? record?.id ?? null;
  const problem = asked === null ? null : resumeProblem(asked, provider, record, key);
  if (problem !== null) return refusal('unknown-session', problem, key);
  const { args, notices } = ownArguments(request, agent, provider);
  return {
    ...place,
    provider,
    resume: asked,
    session: asked ?? randomUUID(),
    args,
    sums: record?.sums ?? null,
    notices: [...notices, ...providerNotices(agent, provider, record)],
  };
}

/** The same ask in a session of its own. */
export function freshPlan(plan: AskPlan): AskPlan {
  return { ...plan, resume: null, session: randomUUID(), sums: null, notices: [] };
}

type Place = Pick<AskPlan, 'agent' | 'key' | 'worktree'>;

async function findPlace(request: AskRequest, { registry, worktreeDirectory }: PlanTools): Promise<Place | Refusal> {
  const slash = request.agent.indexOf('/');
  const name = slash < 0 ? request.agent : request.agent.slice(0, slash);
  const worktree = slash < 0 ? null : request.agent.slice(slash + 1);
  const agent = await registry.find(name);
  const { conversation } = request;
  if (agent === null) {
    return { reason: 'not-installed', message: `There is no agent "${name}" any more.`, directory: '/' };
  }
  const directory = worktree === null ? agent.directory : await worktreeDirectory(agent.name, worktree);
  if (directory === null) {
    const message = `${agent.name} has no worktree "${worktree}" any more.`;
    return { reason: 'crashed', message, directory: agent.directory };
  }
  return { agent, worktree, key: { conversation, agent: agent.name, directory } };
}

async function recordFor(request: AskRequest, key: SessionKey, sessions: Sessions): Promise<SessionRecord | null> {
  if (request.session !== null) return sessions.withId(request.session);
  return request.fresh === true ? null : sessions.find(key);
}

async function providerName(agent: ProjectAgent, chooser: ProviderChooser): Promise<string> {
  return agent.provider === 'auto' ? (await chooser.choose()).provider : agent.provider;
}

/** Some CLIs hang, or begin anew without a word, where they cannot go on: so it is known before they are asked. */
function resumeProblem(
  id: string,
  provider: AgentProvider,
  record: SessionRecord | null,
  key: SessionKey,
): string | null {
  switch (provider.capabilities.resume) {
    case 'no':
      return `${provider.name} keeps no sessions, so ${id} cannot be gone on with.`;
    case 'same-directory':
      if (record === null || record.directory === key.directory) return null;
      return `The session ${id} belongs to ${record.directory}, and ${provider.name} can only go on with it there.`;
    case 'anywhere':
      return null;
  }
}

/** A bypass in the agent's own arguments would win over the flags of a narrower access, so then none of them is passed on. */
function ownArguments(request: AskRequest, agent: ProjectAgent, provider: AgentProvider) {
  const bypass = bypassingArgument(agent.args, provider.bypassFlags);
  if (bypass === null || request.access === 'full') return { args: agent.args, notices: [] };
  const notice = `The own arguments of ${agent.name} are left out: ${bypass} would allow more than this ask may do.`;
  return { args: [], notices: [notice] };
}

function providerNotices(agent: ProjectAgent, provider: AgentProvider, record: SessionRecord | null): string[] {
  if (record === null || agent.provider === 'auto' || agent.provider === provider.name) return [];
  return [
    `This conversation with ${agent.name} goes on with ${provider.name}, where it began; \`/agents reset ${agent.name}\` begins anew with ${agent.provider}.`,
  ];
}

function refusal(reason: FailureReason, message: string, key: SessionKey): Refusal {
  return { reason, message, directory: key.directory };
}
