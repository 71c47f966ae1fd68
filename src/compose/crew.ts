import type { Agents } from '../agents/agents.ts';
import { createProviderChooser, type ProviderChooser } from '../agents/choose.ts';
import type { AgentProvider } from '../agents/provider.ts';
import { createRegistry, type Registry } from '../agents/registry.ts';
import { createSessions, type Sessions } from '../agents/sessions.ts';
import { lazy } from '../lazy.ts';
import type { Adopted } from '../ledger/ledger.ts';
import { directoryIn, type World } from '../runtime/world.ts';
import { createSearch } from '../search/create.ts';
import type { Search } from '../search/search.ts';
import type { Ground } from './ground.ts';

/** The agents: who there is, where they work, what does their work. What is heavy is loaded when it is first needed. */
export interface Crew {
  readonly registry: Registry;
  readonly sessions: Sessions;
  readonly search: Search;
  providers(): Promise<readonly AgentProvider[]>;
  chooser(): Promise<ProviderChooser>;
  agents(): Promise<Agents>;
  /** What `auto` stands for on this machine. */
  automatic(): Promise<string>;
  worktreesOf(directory: string): Promise<readonly { readonly branch: string; readonly directory: string }[]>;
  world(): Promise<World>;
  /** Ends provider processes that dead instances left. */
  endOrphans(orphans: Adopted['orphans']): Promise<void>;
  /** Ends by force whatever agents run, for somebody who does not wait any longer. */
  endNow(): void;
  close(): Promise<void>;
}

const minuteMs = 60_000;

export function gatherCrew({ config, collections, log, children, secrets, clock }: Ground): Crew {
  const search = createSearch({
    directory: config.dataDir,
    environment: children,
    log: (message) => log.warn(message),
  });
  const registry = createRegistry({
    agents: config.agents,
    groups: config.groups,
    addedAgents: collections.collection('agents'),
    addedGroups: collections.collection('groups'),
    timeoutMs: 30 * minuteMs,
    silenceMs: 15 * minuteMs,
  });
  const sessions = createSessions(collections.collection('sessions'));
  const providers = lazy(async () => (await import('../agents/providers/index.ts')).providers);
  const chooser = lazy(async () =>
    createProviderChooser({
      providers: await providers(),
      environment: children,
      records: collections.collection('choice'),
    }),
  );
  const processes = lazy(async () => (await import('../agents/process-table.ts')).createProcessTable());
  const worktreesOf = async (directory: string) =>
    (await import('../worktrees/worktrees.ts')).listWorktrees(directory).catch(() => []);

  async function world(): Promise<World> {
    const [all, groups] = await Promise.all([registry.agents(), registry.groups()]);
    const lists = await Promise.all(all.map((agent) => worktreesOf(agent.directory)));
    return { agents: all, groups, worktrees: new Map(all.map((agent, index) => [agent.name, lists[index] ?? []])) };
  }

  let endNow = () => {};
  const agents = lazy(async () => {
    const [{ createAgents }, { createRunner }, table] = await Promise.all([
      import('../agents/agents.ts'),
      import('../agents/run.ts'),
      processes(),
    ]);
    const runner = createRunner(table);
    endNow = runner.endNow;
    // Whoever ends the program a second time does not wait: then nothing that it started may go on either.
    process.once('exit', endNow);
    return createAgents({
      runner,
      search: (directory, question, signal) => search.find(directory, question, signal),
      providers: await providers(),
      registry,
      sessions,
      chooser: await chooser(),
      worktreeDirectory: async (name, branch) => directoryIn(await world(), `${name}/${branch}`),
      environment: children,
      secrets,
      now: clock.now,
    });
  });

  return {
    registry,
    sessions,
    search,
    providers,
    chooser,
    agents,
    automatic: async () => (await (await chooser()).choose()).provider,
    worktreesOf,
    world,
    async endOrphans(orphans) {
      if (orphans.length === 0) return;
      const { endOrphans } = await import('../agents/tree.ts');
      await endOrphans(await processes(), orphans);
    },
    endNow: () => endNow(),
    async close() {
      await search.close();
      process.off('exit', endNow);
    },
  };
}
