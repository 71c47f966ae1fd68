import type { ChatAdapter, CommandSpec, SharedHost } from './adapters/adapter.ts';
import type { Registry } from './agents/registry.ts';
import type { Command } from './commands/command.ts';
import type { Services } from './commands/services.ts';
import { gatherCrew } from './compose/crew.ts';
import { type GroundOptions, openGround } from './compose/ground.ts';
import { joinQuestions } from './compose/questions.ts';
import { joinServices } from './compose/services.ts';
import { joinSurfaces } from './compose/shared-host.ts';
import { joinSpecs } from './compose/specs.ts';
import type { Ledger } from './ledger/ledger.ts';
import { attachmentsIn, pruneAttachments } from './runtime/attachments.ts';
import { createCommandRunner } from './runtime/commands.ts';
import { createDelivery } from './runtime/deliver.ts';
import { createRateLimit } from './runtime/rate-limit.ts';
import { createRuntime, type Runtime } from './runtime/runtime.ts';
import { createComplete } from './runtime/services/complete.ts';
import { createFollowing } from './runtime/services/following.ts';
import { createRightsService } from './runtime/services/rights.ts';
import { createSteps } from './runtime/steps.ts';
import { createViews } from './runtime/views.ts';
import type { Search } from './search/search.ts';

export interface ComposeOptions extends GroundOptions {
  readonly version: string;
  readonly commands: readonly Command[];
  /** What can be typed here and is no command of the registry, for help: words of the command line, or what the REPL adds. */
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
  readonly search: Search;
  readonly notices: readonly string[];
  /** What a surface that several people share is started with; `failed` is told when it cannot go on. */
  sharedHost(surface: string, failed: SharedHost['failed']): SharedHost;
  /** What decides for the moderator, in words; waits for sign-ins to be asked. */
  moderatorName(): Promise<string>;
  /** Removes what is older than its retention, a part at a time. */
  prune(): void;
  /** Ends by force whatever agents run. */
  endNow(): void;
  close(graceMs: number): Promise<void>;
}

/** How often other processes' writes are looked for, in milliseconds. */
const watchMs = 100;
const retryDelaysMs = [500, 1000, 2000, 5000, 10_000, 30_000];
const hourMs = 3_600_000;
/** Delivering goes on for so long at the least when the program ends. */
const shortestGraceMs = 1000;

/** The composition root: opens the ground, gathers the agents, and joins the runtime with what it needs. */
export function compose(options: ComposeOptions): Program {
  const { config, log, commands } = options;
  const ground = openGround(options);
  const { ledger, history, store, clock, collections, newId, safe } = ground;
  const crew = gatherCrew(ground);
  const ending = new AbortController();
  const steps = createSteps();
  const views = createViews(clock);
  const adapters = new Map(options.adapters.map((adapter) => [adapter.name, adapter]));
  const following = createFollowing(collections.collection('following'), config.channels);
  const rights = createRightsService(config.access, async () => (await crew.registry.agents()).map(({ name }) => name));
  const specs = joinSpecs(ground, crew, rights);
  const services: Services = joinServices({
    ...options,
    ground,
    crew,
    rights,
    following,
    views,
    runtime: () => runtime,
  });

  const runtime: Runtime = createRuntime({
    ledger,
    steps,
    log,
    adapters,
    commands,
    questions: joinQuestions({ ground, crew, steps, commands, adapters, specs, services: () => services, watchMs }),
    specs,
    commandRunner: createCommandRunner({ commands, services: () => services, log, newId, safe }),
    delivery: createDelivery({ ledger, adapters, steps, log, signal: ending.signal, retryDelaysMs }),
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
      agents: crew.registry.agents,
      files: async (prefix, mayAsk) => {
        const first = config.agents.find(({ name }) => mayAsk(name));
        return first === undefined ? [] : crew.search.files(first.directory, prefix, 25);
      },
    }),
    endOrphans: crew.endOrphans,
    safe,
    newId,
    watchMs,
  });

  let closing: Promise<void> | null = null;
  async function close(graceMs: number): Promise<void> {
    // What a platform that is away keeps from being delivered must not keep the program from ending.
    const grace = setTimeout(() => ending.abort(), Math.max(graceMs, shortestGraceMs));
    await runtime.close(graceMs);
    clearTimeout(grace);
    ending.abort();
    await crew.close();
    ledger.close();
    store.close();
  }

  return {
    runtime,
    ledger,
    registry: crew.registry,
    search: crew.search,
    notices: store.notices,
    sharedHost: joinSurfaces({ ground, crew, rights, following, runtime, ending: ending.signal }),
    moderatorName: async () =>
      config.moderator.model === 'auto' ? `${await crew.automatic()} (auto)` : config.moderator.model,
    prune() {
      const age = (ms: number) => new Date(clock.now().getTime() - ms);
      if (config.retention.ledgerMs !== null) ledger.prune(age(config.retention.ledgerMs));
      if (config.retention.historyMs !== null) history.prune(age(config.retention.historyMs));
      if (config.retention.attachmentsMs !== null)
        pruneAttachments(attachmentsIn(config.dataDir), age(config.retention.attachmentsMs));
    },
    endNow: crew.endNow,
    close(graceMs) {
      closing ??= close(graceMs);
      return closing;
    },
  };
}
