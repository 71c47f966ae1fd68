import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ChatAdapter, CommandSpec, InboundMessage, SharedHost } from './adapters/adapter.ts';
import { createProviderChooser } from './agents/choose.ts';
import type { AgentProvider, Capabilities } from './agents/provider.ts';
import { createRegistry, type ProjectAgent, type Registry } from './agents/registry.ts';
import { createSessions } from './agents/sessions.ts';
import { clean } from './clean.ts';
import type { Command } from './commands/command.ts';
import type { Services } from './commands/services.ts';
import type { Config, Environment } from './config.ts';
import { childEnvironment } from './environment.ts';
import { createHistory } from './history/sqlite.ts';
import { lazy } from './lazy.ts';
import type { InstanceRecord, Ledger } from './ledger/ledger.ts';
import { createLedger } from './ledger/sqlite.ts';
import type { Log } from './log.ts';
import { createMask, knownSecrets } from './mask.ts';
import { budgetBound, usdLeft } from './runtime/budgets.ts';
import { type Clock, systemClock } from './runtime/clock.ts';
import { createCommandRunner } from './runtime/commands.ts';
import { createDelivery } from './runtime/deliver.ts';
import { createDirectoryLocks } from './runtime/directory-locks.ts';
import type { Questions } from './runtime/questions.ts';
import { createRateLimit } from './runtime/rate-limit.ts';
import { requestOf } from './runtime/requests.ts';
import { createRuntime, type Runtime } from './runtime/runtime.ts';
import { createAgentsService } from './runtime/services/agents.ts';
import { createComplete } from './runtime/services/complete.ts';
import { createFollowing } from './runtime/services/following.ts';
import { createRightsService } from './runtime/services/rights.ts';
import { createTurnsService } from './runtime/services/turns.ts';
import { spentBefore, type UsageOptions, usageReport } from './runtime/services/usage.ts';
import { createSlots } from './runtime/slots.ts';
import { createSteps } from './runtime/steps.ts';
import { createViews } from './runtime/views.ts';
import { agentIn, directoryIn, reachableIn, rosterIn, targetsIn, type World } from './runtime/world.ts';
import { createSearch } from './search/create.ts';
import { createCollections } from './store/collections.ts';
import { openStore } from './store/store.ts';

export interface ComposeOptions {
  readonly config: Config;
  readonly environment: Environment;
  readonly version: string;
  readonly role: InstanceRecord['role'];
  readonly log: Log;
  readonly commands: readonly Command[];
  /** Command-line words that are no commands of the registry, for help. */
  readonly otherCommands: readonly CommandSpec[];
  readonly adapters: readonly ChatAdapter[];
  /** Where relative directories of added agents begin. */
  readonly directory: string;
}

/** Everything built and joined; nothing runs before a surface is started or something is adopted. */
export interface Program {
  readonly runtime: Runtime;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly search: ReturnType<typeof createSearch>;
  readonly notices: readonly string[];
  /** What a surface that several people share is started with; `failed` is told when it cannot go on. */
  sharedHost(surface: string, failed: SharedHost['failed']): SharedHost;
  /** What decides for the moderator, in words; waits for sign-ins to be asked. */
  moderatorName(): Promise<string>;
  /** Removes what is older than its retention, a part at a time. */
  prune(): void;
  close(graceMs: number): Promise<void>;
}

/** How often other processes' writes are looked for, in milliseconds. */
const watchMs = 100;
const retryDelaysMs = [500, 1000, 2000, 5000, 10_000, 30_000];
const hourMs = 3_600_000;
/** Delivering goes on for so long at the least when the program ends. */
const shortestGraceMs = 1000;

export function compose(options: ComposeOptions): Program {
  const { config, environment, log, version } = options;
  const clock: Clock = systemClock;
  const ending = new AbortController();
  const newId = () => randomBytes(6).toString('hex');
  const secrets = knownSecrets(environment.variables, ...config.agents.map((agent) => agent.env));
  const mask = createMask(secrets);
  const safe = (text: string) => mask(clean(text));

  const store = openStore({ directory: config.dataDir, log });
  const history = createHistory(store, clock.now);
  const ledger = createLedger({ store, history, configuration: config.identity, role: options.role, now: clock.now });
  const collections = createCollections(store);
  const search = createSearch({ directory: config.dataDir, log: (message) => log.warn(message) });
  const registry = createRegistry({
    agents: config.agents,
    groups: config.groups,
    addedAgents: collections.collection('agents'),
    addedGroups: collections.collection('groups'),
    timeoutMs: 30 * 60_000,
    silenceMs: 15 * 60_000,
  });
  const sessions = createSessions(collections.collection('sessions'));
  const children = childEnvironment(environment.variables);
  const usageOptions: UsageOptions = { store, budgets: config.budgets, now: clock.now };

  const providers = lazy(async () => (await import('./agents/providers/index.ts')).providers);
  const chooser = lazy(async () =>
    createProviderChooser({
      providers: await providers(),
      environment: children,
      records: collections.collection('choice'),
    }),
  );
  const processes = lazy(async () => (await import('./agents/process-table.ts')).createProcessTable());
  const worktreesOf = async (directory: string) =>
    (await import('./worktrees/worktrees.ts')).listWorktrees(directory).catch(() => []);

  async function world(): Promise<World> {
    const [all, groups] = await Promise.all([registry.agents(), registry.groups()]);
    const lists = await Promise.all(all.map((agent) => worktreesOf(agent.directory)));
    return { agents: all, groups, worktrees: new Map(all.map((agent, index) => [agent.name, lists[index] ?? []])) };
  }

  /** Whoever ends the program a second time does not wait: then nothing that it started may go on either. */
  let atExit: (() => void) | null = null;
  const agents = lazy(async () => {
    const [{ createAgents }, { createRunner }, table] = await Promise.all([
      import('./agents/agents.ts'),
      import('./agents/run.ts'),
      processes(),
    ]);
    const runner = createRunner(table);
    atExit = runner.endNow;
    process.once('exit', atExit);
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

  const automatic = async () => (await (await chooser()).choose()).provider;
  const views = createViews(clock);
  const steps = createSteps();
  const following = createFollowing(collections.collection('following'), config.channels);
  const rights = createRightsService(config.access, async () => (await registry.agents()).map((agent) => agent.name));
  const byName = new Map(options.adapters.map((adapter) => [adapter.name, adapter]));
  const delivery = createDelivery({
    ledger,
    adapters: byName,
    steps,
    log,
    signal: ending.signal,
    retryDelaysMs,
  });

  const questions = lazyQuestions(async () => {
    const [{ createQuestions }, { createModeration }, working, known] = await Promise.all([
      import('./runtime/questions.ts'),
      import('./runtime/moderation.ts'),
      agents(),
      providers(),
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
      request: (message, carries) => requestOf(message, carries, options.commands, services),
      async reach(message) {
        const now = await world();
        const readOnly = await readOnlyIn(message, now, known, automatic);
        return {
          targets: targetsIn(now),
          reachable: reachableIn(now, config.access, message, readOnly),
          directoryOf: (name) => directoryIn(now, name) ?? '',
          writeAccess: (name) => agentIn(now, name)?.access ?? 'read',
        };
      },
      async roster(names, text, searched, signal) {
        const now = await world();
        const directories = names.map((name) => directoryIn(now, name) ?? '');
        return rosterIn(now, names, searched ? await search.findAll(directories, text, signal) : []);
      },
      earlier: async (message, signal) =>
        (await byName.get(message.replyTo.surface)?.earlier?.(message, signal)) ?? null,
      moderate: createModeration({
        config,
        agents: working,
        registry,
        providers: known,
        automatic,
        forgetAutomatic: async () => (await chooser()).forget(),
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
      limits: {
        turnMs: config.moderator.timeoutMs,
        maxRounds: config.moderator.maxRounds,
        maxAsks: config.moderator.maxAsks,
      },
      newId,
      safe,
    });
  });

  const services: Services = {
    version,
    commands: () => [...options.commands, ...options.otherCommands],
    agents: createAgentsService({
      registry,
      sessions,
      providers,
      worktrees: worktreesOf,
      working: (name) =>
        [...runtime.running].some((turn) =>
          views.asks(turn)?.some((ask) => ask.agent === name && ask.status === 'asking'),
        ),
      base: options.directory,
    }),
    rights,
    turns: createTurnsService({
      ledger,
      views,
      requestOf: (turn) => requestOf(turn.message, turn.carries, options.commands, services).request,
      stop: (turn, by) => runtime.stop(turn, by),
      signalled: () => runtime.signalled(),
    }),
    history,
    following,
    usage: async (requester, conversation, since) => {
      const visible = await rights.visible(requester, conversation);
      return usageReport(usageOptions, visible, { requester, conversation }, since);
    },
    doctor: () => examineProgram(),
    now: clock.now,
  };

  async function examineProgram() {
    const { examine } = await import('./runtime/services/doctor.ts');
    await (await chooser()).forget();
    return examine({
      version,
      node: process.version,
      config,
      providers: await providers(),
      agents: await registry.agents(),
      environment: children,
      automatic,
      gitVersion: async () => (await import('./worktrees/worktrees.ts')).gitVersion(),
      notices: store.notices,
      tokens: {
        slackBot: environment.slack.botToken !== null,
        slackApp: environment.slack.appToken !== null,
        slackSigning: environment.slack.signingSecret !== null,
        discord: environment.discord.token !== null,
      },
    });
  }

  const runtime: Runtime = createRuntime({
    ledger,
    steps,
    log,
    adapters: byName,
    commands: options.commands,
    questions,
    commandRunner: createCommandRunner({ commands: options.commands, services: () => services, log, newId, safe }),
    delivery,
    views,
    receiving: {
      rights,
      rateLimit: createRateLimit({
        most: config.limits.perPersonPerHour,
        windowMs: hourMs,
        monotonic: clock.monotonic,
      }),
      queuePerConversation: config.limits.queuePerConversation,
    },
    complete: createComplete({
      services,
      files: async (prefix) => {
        const [first] = config.agents;
        return first === undefined ? [] : search.files(first.directory, prefix, 25);
      },
    }),
    async endOrphans(orphans) {
      if (orphans.length === 0) return;
      const { endOrphans } = await import('./agents/tree.ts');
      await endOrphans(await processes(), orphans);
    },
    safe,
    newId,
    watchMs,
  });

  const held = new Set<string>();
  function sharedHost(surface: string, failed: SharedHost['failed']): SharedHost {
    return {
      ...runtime.host,
      attachments: { ...config.attachments, directory: join(config.dataDir, 'attachments') },
      ending: ending.signal,
      records: (kind) => collections.collection(`${surface}:${kind}`),
      may: (place, author, right) => rights.may({ place, author }, right),
      follows: following.get,
      async addresses(text) {
        if (!text.includes('@')) return false;
        const [{ addressedIn }, all, groups] = await Promise.all([
          import('./runtime/addressed.ts'),
          registry.agents(),
          registry.groups(),
        ]);
        const found = await addressedIn(text, targetsIn({ agents: all, groups, worktrees: new Map() }));
        return found.everyone || found.names.length > 0 || found.unclear !== null;
      },
      revise: runtime.revise,
      async opened(workspace) {
        held.add(`${surface}:${workspace}`);
        ledger.hold([...held]);
        await runtime.adopt(
          ({ message }) => message.place.surface === surface && message.place.workspace === workspace,
        );
      },
      failed,
    };
  }

  let closing: Promise<void> | null = null;
  async function close(graceMs: number): Promise<void> {
    // What a platform that is away keeps from being delivered must not keep the program from ending.
    const grace = setTimeout(() => ending.abort(), Math.max(graceMs, shortestGraceMs));
    await runtime.close(graceMs);
    clearTimeout(grace);
    ending.abort();
    await search.close();
    ledger.close();
    store.close();
    if (atExit !== null) process.off('exit', atExit);
  }

  return {
    runtime,
    ledger,
    registry,
    search,
    notices: store.notices,
    sharedHost,
    moderatorName: async () =>
      config.moderator.model === 'auto' ? `${await automatic()} (auto)` : config.moderator.model,
    prune() {
      const age = (ms: number) => new Date(clock.now().getTime() - ms);
      if (config.retention.ledgerMs !== null) ledger.prune(age(config.retention.ledgerMs));
      if (config.retention.historyMs !== null) history.prune(age(config.retention.historyMs));
    },
    close(graceMs) {
      closing ??= close(graceMs);
      return closing;
    },
  };
}

/** What needs the markdown parser and the agents is loaded with the first question. */
function lazyQuestions(make: () => Promise<Questions>): Questions {
  const made = lazy(make);
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
