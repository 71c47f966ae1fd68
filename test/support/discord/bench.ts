import { createDiscord, type Pace } from '../../../src/adapters/discord/discord.ts';
import { createScene, type Scene, type SceneOptions } from '../program.ts';
import { type Served, serveScene, whoseTextFits } from '../served.ts';
import { type DiscordDouble, type DoubleOptions, ids, type PostedMessage, startDiscord } from './double.ts';

/** The real program in this process, on a double of Discord that takes almost everything at once. */
export interface DiscordBench extends Served {
  readonly discord: DiscordDouble;
  readonly scene: Scene;
  /** What the bot and its agents posted anywhere, in order; status messages are left out. */
  said(): readonly PostedMessage[];
  /** The status messages, those that are closed too. */
  statuses(): readonly PostedMessage[];
  /** Waits for a post that fits (in this channel or thread, or anywhere), and returns it. */
  posted(fits: string | RegExp, channel?: string): Promise<PostedMessage>;
  /** The same for what one person alone sees. */
  whispered(fits: string | RegExp, user?: string): Promise<PostedMessage>;
}

export interface BenchOptions extends SceneOptions {
  readonly double?: DoubleOptions;
  /** Another double, or a scene that a former bench used. */
  readonly discord?: DiscordDouble;
  readonly scene?: Scene;
  readonly pace?: Pace;
  now?(): Date;
}

const everybody = [{ surface: 'discord', users: [ids.alice, ids.bob, ids.carol], may: ['read', 'write'] }];

export async function startBench(options: BenchOptions): Promise<DiscordBench> {
  const discord = options.discord ?? (await startDiscord({ limits: 'fast', ...options.double }));
  const config = { access: everybody, surfaces: { discord: {} }, ...options.config };
  const scene = options.scene ?? createScene({ ...options, config });
  const served = await serveScene(scene, discord.environment, ({ surfaces }, environment, log) => {
    const { discord: section } = surfaces;
    if (section === null) throw new Error('The scene serves no Discord.');
    return createDiscord({
      token: environment.discord.token ?? '',
      apiUrl: section.apiUrl,
      guilds: section.guilds,
      log,
      pace: options.pace ?? { postMs: 0, editMs: 20, editOneMs: 60 },
      now: options.now ?? (() => new Date()),
      clock: () => performance.now(),
    });
  });
  const all = () =>
    [...discord.world.channels.keys()]
      .flatMap((channel) => discord.posts(channel))
      .toSorted((one, other) => (BigInt(one.id) > BigInt(other.id) ? 1 : -1));
  return {
    ...served,
    discord,
    scene,
    said: () => all().filter((message) => !isStatus(message)),
    statuses: () => all().filter(isStatus),
    posted: (fits, channel) =>
      whoseTextFits(() => (channel === undefined ? all() : discord.posts(channel)), fits, 'is posted'),
    whispered: (fits, user) => whoseTextFits(() => discord.whispers(user), fits, 'is whispered'),
  };
}

const status =
  /^\*\*(?:asking|deciding|round|queued|waiting|writing|answered|partial|asks back|failed|stopped|timed-out|done|ended)\b/;

function isStatus({ text }: PostedMessage): boolean {
  return status.test(text);
}
