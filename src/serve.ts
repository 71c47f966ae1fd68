import type { Writable } from 'node:stream';
import type { CommandLineRequest } from './adapters/terminal/request.ts';
import { providers } from './agents/providers/index.ts';
import * as commands from './commands/index.ts';
import { type SharedAdapter, sharedSurfaces } from './compose/surfaces.ts';
import { compose, type Program } from './compose.ts';
import { type Config, type Environment, loadConfig } from './config.ts';
import { UserError } from './errors.ts';
import { createLog, type Log } from './log.ts';
import { createMask, knownSecrets } from './mask.ts';

export interface ServeOptions {
  readonly request: CommandLineRequest;
  readonly environment: Environment;
  readonly directory: string;
  readonly checkout: string;
  readonly version: string;
  readonly output: Writable;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
}

const pruneMs = 3_600_000;

/**
 * Serves the configured chat surfaces until the signal aborts: then nothing more is accepted, what runs gets the configured grace, and
 * the rest is left for the next start. Rejects with the UserError that keeps a surface from being served.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { environment, signal } = options;
  const config = await loadConfig({
    argument: options.request.config,
    environment: environment.variables,
    directory: options.directory,
    checkout: options.checkout,
    providers,
  });
  const mask = createMask(knownSecrets(environment.variables, ...config.agents.map((agent) => agent.env)));
  const log = createLog({ level: environment.logLevel ?? 'warn', mask });
  const surfaces = await surfacesOf(config, environment, log);
  const program = compose({
    config,
    environment,
    version: options.version,
    role: 'serve',
    log,
    commands: Object.values(commands),
    otherCommands: [],
    adapters: surfaces,
    directory: options.directory,
  });
  try {
    await run(program, surfaces, {
      signal,
      ready: () => void options.output.write(`${readyLine(options.version, config, surfaces)}\n`),
    });
  } finally {
    await Promise.allSettled(surfaces.map((surface) => surface.stop()));
    // A surface that failed delivers nothing any more: there is nothing to wait for.
    await program.close(signal.aborted ? config.limits.shutdownGraceMs : 0);
  }
}

async function run(
  program: Program,
  surfaces: readonly SharedAdapter[],
  { signal, ready }: { readonly signal: AbortSignal; ready(): void },
): Promise<void> {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  program.prune();
  const pruning = setInterval(() => program.prune(), pruneMs);
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    const started = Promise.all(
      surfaces.map((surface) => surface.start(program.sharedHost(surface.name, broken.reject))),
    );
    await Promise.race([started, ended, broken.promise]);
    if (!signal.aborted) ready();
    await Promise.race([ended, broken.promise]);
  } finally {
    clearInterval(pruning);
  }
}

async function surfacesOf(config: Config, environment: Environment, log: Log): Promise<readonly SharedAdapter[]> {
  const settings = { config, environment, log, now: () => new Date(), clock: () => performance.now() };
  const opened = await Promise.all(sharedSurfaces.map((open) => open(settings)));
  const surfaces = opened.filter((surface) => surface !== null);
  if (surfaces.length > 0) return surfaces;
  throw new UserError('config', 'No chat surface is configured to be served.', {
    hint: 'Add "surfaces: { slack: {} }" or "surfaces: { discord: {} }" to the configuration; config/tutti.example.yaml has all of it.',
    exit: 2,
  });
}

function readyLine(
  version: string,
  { agents, access }: Config,
  surfaces: readonly { readonly name: string }[],
): string {
  const names = surfaces.map(({ name }) => name);
  const count = `${agents.length} agent${agents.length === 1 ? '' : 's'}`;
  const closed = access.length === 0 ? ' · nobody may do anything yet: add rules under "access"' : '';
  return `tutti ${version} is ready on ${names.join(', ')} · ${count}${closed}`;
}
