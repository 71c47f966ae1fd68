import { onTestFinished } from 'vitest';
import type { ChatAdapter, SharedHost } from '../../src/adapters/adapter.ts';
import { providers } from '../../src/agents/providers/index.ts';
import * as commandList from '../../src/commands/index.ts';
import { compose, type Program } from '../../src/compose.ts';
import { type Config, type Environment, loadConfig, readEnvironment } from '../../src/config.ts';
import type { UserError } from '../../src/errors.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { Scene, SceneOptions } from './program.ts';
import { waitFor } from './wait-for.ts';

/** The real program in this process, serving one surface that several people share. */
export interface Served {
  readonly program: Program;
  readonly failures: readonly UserError[];
  /** Waits until nothing runs, waits or is being delivered. */
  idle(): Promise<void>;
  /** Ends this process's part, as SIGTERM does. */
  stop(): Promise<void>;
}

type Shared = ChatAdapter & { start(host: SharedHost): Promise<void> };

/** Serves a scene's configuration through the surface that `open` makes of it; stopped after the test. */
export async function serveScene(
  scene: Scene,
  variables: Readonly<Record<string, string>>,
  open: (config: Config, environment: Environment, log: Log) => Shared,
): Promise<Served> {
  const environment = readEnvironment({ ...scene.environment, ...variables });
  const config = await loadConfig({
    argument: null,
    environment: environment.variables,
    directory: scene.directory,
    checkout: null,
    providers,
  });
  const log = createLog({ level: 'silent', mask: (text) => text });
  const adapter = open(config, environment, log);
  const program = compose({
    config,
    environment,
    version: '0.0.0-test',
    role: 'serve',
    log,
    commands: Object.values(commandList),
    otherCommands: [],
    adapters: [adapter],
    directory: scene.directory,
  });
  const failures: UserError[] = [];
  const stop = async () => {
    await adapter.stop();
    await program.close(0);
  };
  onTestFinished(stop);
  await adapter.start(program.sharedHost(adapter.name, (problem) => void failures.push(problem)));
  return { program, failures, idle: () => program.runtime.idle(), stop };
}

/** Waits for the first of these whose text fits, and returns it. */
export async function whoseTextFits<T extends { readonly text: string }>(
  list: () => readonly T[],
  fits: string | RegExp,
  where: string,
): Promise<T> {
  const find = () => list().find(({ text }) => (typeof fits === 'string' ? text.includes(fits) : fits.test(text)));
  return waitFor(find, `${fits} ${where}`);
}

/** A mind that asks these agents in one round and then answers. */
export function mindAsking(agents: readonly string[], answer: string): SceneOptions['script'] {
  const asks = agents.map((agent) => ({ agent, prompt: 'what do you know?' }));
  return {
    agents: {
      tutti: [
        { when: { round: 0 }, answer: JSON.stringify({ next: 'ask', reason: 'to know', asks }) },
        { answer: JSON.stringify({ next: 'answer', markdown: answer, disagreements: [], unanswered: [] }) },
      ],
    },
    otherwise: { answer: 'I am {TUTTI_AGENT}.' },
  };
}
