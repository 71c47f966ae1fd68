import { createSlack, oauthOf, transportOf } from '../../../src/adapters/slack/slack.ts';
import { createScene, type Scene, type SceneOptions } from '../program.ts';
import { type Served, serveScene, whoseTextFits } from '../served.ts';
import { type DoubleOptions, type PostedMessage, type SlackDouble, startSlack } from './double.ts';

/** The real program in this process, on a double of Slack that takes posts faster than Slack does. */
export interface SlackBench extends Served {
  readonly slack: SlackDouble;
  readonly scene: Scene;
  /** Waits for a post (in the channel, or thread) that fits, and returns it. */
  posted(fits: string | RegExp, channel?: string): Promise<PostedMessage>;
  /** The same for what one person alone sees. */
  whispered(fits: string | RegExp, user?: string): Promise<PostedMessage>;
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
  const variables = { ...slack.environment, ...options.environment };
  const served = await serveScene(scene, variables, ({ surfaces, access }, environment, log) => {
    const { slack: section } = surfaces;
    if (section === null) throw new Error('The scene serves no Slack.');
    return createSlack({
      botToken: environment.slack.botToken,
      oauth: oauthOf(section, { ...environment.slack, secretKey: environment.secretKey }),
      transport: transportOf(section, environment.slack),
      apiUrl: section.apiUrl,
      commandPrefix: section.commandPrefix,
      groups: access.some((rule) => rule.roles !== undefined),
      log,
      pace: { postMs: postMs + 10, editMs: 20, editOneMs: 60 },
      now: () => new Date(),
      clock: () => performance.now(),
    });
  });
  return {
    ...served,
    slack,
    scene,
    posted: (fits, channel = 'C0GENERAL') => whoseTextFits(() => slack.posts(channel), fits, 'is posted'),
    whispered: (fits, user) => whoseTextFits(() => slack.whispers(user), fits, 'is whispered'),
  };
}
