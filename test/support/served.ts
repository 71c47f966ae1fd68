import { onTestFinished } from 'vitest';
import * as commandList from '../../src/commands/index.ts';
import type { SharedAdapter } from '../../src/compose/surfaces.ts';
import { compose, type Program } from '../../src/compose.ts';
import type { Config, Environment } from '../../src/config.ts';
import type { UserError } from '../../src/errors.ts';
import { createLog, type Log } from '../../src/log.ts';
import { configured } from './configured.ts';
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

/** Serves a scene's configuration through the surface that `open` makes of it; stopped after the test. */
export async function serveScene(
  scene: Scene,
  variables: Readonly<Record<string, string>>,
  open: (config: Config, environment: Environment, log: Log) => SharedAdapter,
): Promise<Served> {
  const { config, environment } = await configured(scene, variables);
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

/** The same, where the last agent's reply takes longer to render than the answer, and stands before it all the same. */
export function mindAskingAtLength(agents: readonly string[], answer: string): SceneOptions['script'] {
  const { agents: mind, ...others } = mindAsking(agents, answer);
  const last = agents.at(-1) ?? '';
  const long = { delayMs: 300, answer: `Words of ${last}. `.repeat(1500) };
  return { ...others, agents: { ...mind, [last]: [long] } };
}
