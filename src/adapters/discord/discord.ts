import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ChatAdapter, SharedHost } from '../adapter.ts';
import { createPacer } from '../pacer.ts';
import type { PostedRecord } from '../posted-once.ts';
import { createRefusals } from '../refusals.ts';
import { createThreads } from '../threads.ts';
import { readAddress } from './address.ts';
import { type Answers, createAnswers } from './answers.ts';
import { type CatchUp, createCatchUp } from './catch-up.ts';
import { createChannels } from './channels.ts';
import { type EarlierOptions, readEarlier } from './earlier.ts';
import { createDiscordFiles } from './files.ts';
import { createForum } from './forum.ts';
import { createClient, createGateway, type Gateway } from './gateway.ts';
import { createHear } from './hear.ts';
import { createInteractive, type GivenForm } from './interactive.ts';
import { createOpenThread } from './open-thread.ts';
import { createPeople } from './people.ts';
import { createPort } from './port.ts';
import { createPosting } from './posting.ts';
import { keepRegistered, type RegisteredRecord } from './register.ts';
import { createResponses } from './responses.ts';
import { closeRest, type DiscordRest, openRest } from './rest.ts';
import { createRooms } from './rooms.ts';
import { createVoices } from './voices.ts';
import { createWhisper } from './whisper.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Ends in `/api`. Null: Discord itself. */
  readonly apiUrl: string | null;
  /** The servers that are served; all when empty. */
  readonly guilds: readonly string[];
  readonly log: Log;
  readonly pace: Pace;
  now(): Date;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** How fast Discord may be spoken to, in milliseconds. */
export interface Pace {
  /** Between two posts in a conversation. */
  readonly postMs: number;
  /** Between two edits, whatever they are of. */
  readonly editMs: number;
  /** Between two edits of one message. */
  readonly editOneMs: number;
}

/** Five posts and five edits in five seconds in a channel; discord.js waits where Discord's own headers say so. */
export const discordPace: Pace = { postMs: 100, editMs: 1_000, editOneMs: 5_000 };

/** By then, turns that were taken over have shown themselves. */
const tidyMs = 5_000;
const backoffMs = [500, 1000, 2000, 5000, 10_000];

export interface DiscordAdapter extends ChatAdapter {
  /** Rejects with UserErrors about the token, intents and the network. */
  start(host: SharedHost): Promise<void>;
}

interface Parts {
  readonly answers: Answers;
  readonly earlier: EarlierOptions;
  readonly gateway: Gateway;
  readonly catchUp: CatchUp;
}

/** Servers of Discord as a chat surface. */
export function createDiscord(options: DiscordOptions): DiscordAdapter {
  const opened = Promise.withResolvers<Parts>();
  opened.promise.catch(() => undefined);
  let stop = async (): Promise<void> => undefined;

  return {
    name: 'discord',
    async start(host: SharedHost) {
      const access = await openRest(options);
      stop = async () => closeRest(access);
      const parts = join(access, host, options);
      opened.resolve(parts);
      await host.opened(access.identity.application);
      stop = async () => {
        closeRest(access);
        await parts.gateway.stop();
        await parts.catchUp.save().catch(() => undefined);
      };
      await parts.gateway.start();
      void register(host, options);
      setTimeout(() => void parts.answers.tidy().catch(() => undefined), tidyMs).unref();
    },
    stop: () => stop(),
    reply(to) {
      return {
        progress: (event) =>
          void opened.promise.then(({ answers }) => answers.reply(to).progress(event)).catch(() => undefined),
        post: async (part) => (await opened.promise).answers.reply(to).post(part),
      };
    },
    earlier: async (message) => readEarlier(readAddress(message.replyTo), (await opened.promise).earlier),
  };
}

/** The token that has to be there. */
export function requiredToken(value: string | null): string {
  // As it stands in headers, and is copied from examples.
  if (value !== null) return value.replace(/^Bot\s+/i, '').trim();
  throw new UserError('discord-token-missing', '$DISCORD_TOKEN is not set.', {
    hint: 'Copy it from the page "Bot" of the application (https://discord.com/developers/applications) into the environment.',
    exit: 2,
  });
}

async function register(host: SharedHost, { token, apiUrl, guilds, log }: DiscordOptions): Promise<void> {
  const records = host.records<RegisteredRecord>('registered');
  await keepRegistered({ token, apiUrl, guilds, commands: host.commands, records, signal: host.ending }, log);
}

function join({ rest, patient, identity }: DiscordRest, host: SharedHost, options: DiscordOptions): Parts {
  const { log, clock, now, pace, apiUrl, guilds } = options;
  const { application, userId } = identity;
  const signal = host.ending;
  const client = createClient(options, identity.readsContent);
  const channels = createChannels(client);
  const threads = createThreads(host.records('threads'));
  const answered = host.records<string>('answered');
  const served = host.records<string>('served');
  const whisper = createWhisper({ rest, log });
  const responses = createResponses({ rest, application, log, now });
  const voices = createVoices({ rest, patient, application, log, clock });
  const posting = createPosting({
    ...{ rest, voices, log, signal, backoffMs, clock, failed: host.failed },
    own: { userId },
    records: host.records('pieces'),
    intervalMs: pace.postMs,
  });
  const rooms = createRooms({
    openThread: createOpenThread({ rest, log, signal, backoffMs, clock, failed: host.failed }),
    threads,
    announced: host.records<PostedRecord>('announced'),
    opened: host.records<PostedRecord>('opened'),
    served,
    post: posting.post,
  });
  const pacer = createPacer({ intervalMs: pace.editMs, perKeyMs: pace.editOneMs, clock });
  const hear = createHear({
    ...{ host, identity, channels, threads, whisper, responses, answered, log },
    people: createPeople(rest, clock),
    files: createDiscordFiles(host.attachments, apiUrl),
    refusals: createRefusals(host.records('refused')),
  });
  const interactive = createInteractive({
    ...{ host, identity, hear, channels, threads, answered, whisper, responses },
    forms: host.records<GivenForm>('forms'),
  });
  const catchUp = createCatchUp({
    ...{ rest, application, log, signal, backoffMs, now, take: hear.message },
    records: host.records('heard'),
    directs: host.records('direct'),
    served,
  });
  const port = createPort({ host, guilds, hear, interactive, catchUp, clock });
  return {
    gateway: createGateway({ ...options, client, port, failed: host.failed }),
    answers: createAnswers({
      ...{ rest, application, posting, pacer, rooms, threads, whisper, responses, host, answered, clock, now },
      forum: createForum({ client, rest, pacer, log }),
      readsContent: identity.readsContent,
    }),
    earlier: { rest, own: identity, threads, read: hear.read },
    catchUp,
  };
}
