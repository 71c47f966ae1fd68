import { onTestFinished } from 'vitest';
import { createSlack, transportOf } from '../../../src/adapters/slack/slack.ts';
import { providers } from '../../../src/agents/providers/index.ts';
import * as commandList from '../../../src/commands/index.ts';
import { compose, type Program } from '../../../src/compose.ts';
import { loadConfig, readEnvironment } from '../../../src/config.ts';
import type { UserError } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { createScene, type Scene, type SceneOptions } from '../program.ts';
import { waitFor } from '../wait-for.ts';
import { type DoubleOptions, type PostedMessage, type SlackDouble, startSlack } from './double.ts';

/** The real program in this process, on a double of Slack that takes posts faster than Slack does. */
export interface SlackBench {
  readonly slack: SlackDouble;
  readonly scene: Scene;
  readonly program: Program;
  readonly failures: readonly UserError[];
  /** Waits for a post (in the channel, or thread) that fits, and returns it. */
  posted(fits: string | RegExp, channel?: string): Promise<PostedMessage>;
  /** The same for what one person alone sees. */
  whispered(fits: string | RegExp, user?: string): Promise<PostedMessage>;
  /** Waits until nothing runs, waits or is being delivered. */
  idle(): Promise<void>;
  /** Ends this process's part, as SIGTERM does. */
  stop(): Promise<void>;
}

export interface BenchOptions extends SceneOptions {
  readonly double?: DoubleOptions;
  /** Another double, or a scene that a former bench used. */
  readonly slack?: SlackDouble;
  readonly scene?: Scene;
  /** Merged into the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

const everybody = [{ surface: 'slack', users: ['U0ALICE', 'U0BOB', 'U0CAROL'], may: ['read', 'write'] }];
const postMs = 40;

export async function startBench(options: BenchOptions): Promise<SlackBench> {
  const slack = options.slack ?? (await startSlack({ postIntervalMs: postMs, lingerMs: 300, ...options.double }));
  const config = { access: everybody, surfaces: { slack: {} }, ...options.config };
  const scene = options.scene ?? createScene({ ...options, config });
  const environment = readEnvironment({ ...scene.environment, ...slack.environment, ...options.environment });
  const loaded = await loadConfig({
    argument: null,
    environment: environment.variables,
    directory: scene.directory,
    checkout: null,
    providers,
  });
  const { slack: section } = loaded.surfaces;
  if (section === null) throw new Error('The scene serves no Slack.');
  const log = createLog({ level: 'silent', mask: (text) => text });
  const adapter = createSlack({
    botToken: environment.slack.botToken ?? '',
    transport: transportOf(section, environment.slack),
    apiUrl: section.apiUrl,
    commandPrefix: section.commandPrefix,
    groups: loaded.access.some((rule) => rule.roles !== undefined),
    log,
    pace: { postMs: postMs + 10, editMs: 20, editOneMs: 60 },
    now: () => new Date(),
    clock: () => performance.now(),
  });
  const program = compose({
    config: loaded,
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
  await adapter.start(program.sharedHost('slack', (problem) => void failures.push(problem)));

  async function found(
    list: () => readonly PostedMessage[],
    fits: string | RegExp,
    where: string,
  ): Promise<PostedMessage> {
    const find = () => list().find(({ text }) => (typeof fits === 'string' ? text.includes(fits) : fits.test(text)));
    await waitFor(() => find() !== undefined, `${fits} ${where}`);
    const message = find();
    if (message === undefined) throw new Error('It was there a moment ago.');
    return message;
  }

  return {
    slack,
    scene,
    program,
    failures,
    posted: (fits, channel = 'C0GENERAL') => found(() => slack.posts(channel), fits, 'is posted'),
    whispered: (fits, user) => found(() => slack.whispers(user), fits, 'is whispered'),
    idle: () => program.runtime.idle(),
    stop,
  };
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
