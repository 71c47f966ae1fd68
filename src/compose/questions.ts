import { join } from 'node:path';
import type { ChatAdapter, InboundMessage } from '../adapters/adapter.ts';
import type { AgentProvider, Capabilities } from '../agents/provider.ts';
import type { ProjectAgent } from '../agents/registry.ts';
import type { Command } from '../commands/command.ts';
import type { Services } from '../commands/services.ts';
import { lazy } from '../lazy.ts';
import { budgetBound, usdLeft } from '../runtime/budgets.ts';
import { createDirectoryLocks } from '../runtime/directory-locks.ts';
import type { Questions } from '../runtime/questions.ts';
import { requestOf } from '../runtime/requests.ts';
import { spentBefore } from '../runtime/services/usage.ts';
import { createSlots } from '../runtime/slots.ts';
import type { Specs } from '../runtime/specs.ts';
import type { Steps } from '../runtime/steps.ts';
import { agentIn, directoryIn, reachableIn, rosterIn, targetsIn, type World } from '../runtime/world.ts';
import type { Crew } from './crew.ts';
import type { Ground } from './ground.ts';

export interface JoinedQuestions {
  readonly ground: Ground;
  readonly crew: Crew;
  readonly steps: Steps;
  readonly commands: readonly Command[];
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  readonly specs: Pick<Specs, 'buttons'>;
  services(): Services;
  /** How often a directory that another process writes in is tried again, in milliseconds. */
  readonly watchMs: number;
}

/** Questions on this ground with this crew. What needs the markdown parser and the agents is loaded with the first one. */
export function joinQuestions(joined: JoinedQuestions): Questions {
  const { ground, crew, steps, watchMs } = joined;
  const { config, ledger, clock, secrets, newId, safe } = ground;
  const usageOptions = { store: ground.store, budgets: config.budgets, now: clock.now };
  const made = lazy(async () => {
    const [{ createQuestions }, { createModeration }, working, known] = await Promise.all([
      import('../runtime/questions.ts'),
      import('../runtime/moderation.ts'),
      crew.agents(),
      crew.providers(),
    ]);
    return createQuestions({
      ledger,
      steps,
      clock,
      asks: {
        ledger,
        steps,
        slots: createSlots(config.limits.concurrentAsks),
        directories: createDirectoryLocks(ledger, watchMs),
        ask: working.ask,
      },
      request: (message, carries) => requestOf(message, carries, joined.commands, joined.services()),
      async reach(message) {
        const now = await crew.world();
        const readOnly = await readOnlyIn(message, now, known, crew.automatic);
        return {
          targets: targetsIn(now),
          reachable: reachableIn(now, config.access, message, readOnly),
          directoryOf: (name) => directoryIn(now, name) ?? '',
          writeAccess: (name) => agentIn(now, name)?.access ?? 'read',
        };
      },
      async roster(names, text, searched, signal) {
        const now = await crew.world();
        const directories = names.map((name) => directoryIn(now, name) ?? '');
        return rosterIn(now, names, searched ? await crew.search.findAll(directories, text, signal) : []);
      },
      earlier: async (message, signal) =>
        (await joined.adapters.get(message.replyTo.surface)?.earlier?.(message, signal)) ?? null,
      moderate: createModeration({
        config,
        agents: working,
        registry: crew.registry,
        providers: known,
        automatic: crew.automatic,
        forgetAutomatic: async () => (await crew.chooser()).forget(),
        directory: join(config.dataDir, 'mind'),
        secrets,
      }),
      budget(message, names) {
        const turn = { conversation: message.conversation, actorId: message.author.id };
        const before = spentBefore(usageOptions, turn, names);
        return {
          bound: (usage) => budgetBound(config.budgets, before, usage),
          usdLeft: (usage) => usdLeft(config.budgets, before, usage),
        };
      },
      buttons: async (message, result) =>
        message.place.surface === 'terminal' ? [] : joined.specs.buttons(message, result),
      limits: {
        turnMs: config.moderator.timeoutMs,
        maxRounds: config.moderator.maxRounds,
        maxAsks: config.moderator.maxAsks,
      },
      newId,
      safe,
    });
  });
  return {
    check: async (message) => (await made()).check(message),
    run: async (turn, control, progress) => (await made()).run(turn, control, progress),
  };
}

/** How far each agent's read-only can be trusted. The terminal's user may ask any agent, so there nobody has to be looked at. */
async function readOnlyIn(
  message: InboundMessage,
  { agents }: World,
  providers: readonly AgentProvider[],
  automatic: () => Promise<string>,
): Promise<(agent: ProjectAgent) => Capabilities['readOnly']> {
  if (message.place.surface === 'terminal') return () => 'enforced';
  const auto = agents.some((agent) => agent.provider === 'auto') ? await automatic() : 'search';
  const nameOf = (agent: ProjectAgent) => (agent.provider === 'auto' ? auto : agent.provider);
  return (agent) => providers.find(({ name }) => name === nameOf(agent))?.capabilities.readOnly ?? 'advisory';
}
