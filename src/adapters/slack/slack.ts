import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ChatAdapter, SharedHost } from '../adapter.ts';
import { createPacer } from '../pacer.ts';
import { createRefusals } from '../refusals.ts';
import { createThreads } from '../threads.ts';
import { readAddress } from './address.ts';
import { type Answers, createAnswers } from './answers.ts';
import { createApp, type SlackApp, type Transport } from './app.ts';
import { createChannels } from './channels.ts';
import { type EarlierOptions, readEarlier } from './earlier.ts';
import { createSlackFiles } from './files.ts';
import { createHear } from './hear.ts';
import { createInteractive } from './interactive.ts';
import { createPeople } from './people.ts';
import { createPosting } from './posting.ts';
import { mayCustomise, openWeb, type SlackWeb } from './web.ts';
import { createWhisper } from './whisper.ts';

export interface SlackOptions {
  readonly botToken: string;
  readonly transport: Transport;
  /** Null: Slack itself. */
  readonly apiUrl: string | null;
  readonly commandPrefix: string;
  /** Whether access rules speak of user groups. */
  readonly groups: boolean;
  readonly log: Log;
  readonly pace: Pace;
  now(): Date;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** How fast Slack may be spoken to, in milliseconds. */
export interface Pace {
  /** Between two posts in a channel. */
  readonly postMs: number;
  /** Between two edits, whatever they are of. */
  readonly editMs: number;
  /** Between two edits of one message. */
  readonly editOneMs: number;
}

/** One post in a second in a channel, 50 edits in a minute: a little less than that. */
export const slackPace: Pace = { postMs: 1_050, editMs: 1_300, editOneMs: 3_000 };

/** By then, turns that were taken over have shown themselves. */
const tidyMs = 5_000;
const backoffMs = [500, 1000, 2000, 5000, 10_000, 30_000];

export interface SlackAdapter extends ChatAdapter {
  /** Rejects with UserErrors about tokens, scopes and ports. */
  start(host: SharedHost): Promise<void>;
}

/** A workspace of Slack as a chat surface. */
export function createSlack(options: SlackOptions): SlackAdapter {
  const opened = Promise.withResolvers<{ readonly answers: Answers; readonly earlier: EarlierOptions }>();
  opened.promise.catch(() => undefined);
  let app: SlackApp | null = null;

  return {
    name: 'slack',
    async start(host: SharedHost) {
      const web = await openWeb({ token: options.botToken, apiUrl: options.apiUrl, log: options.log });
      const parts = join(web, host, options);
      opened.resolve(parts);
      await host.opened(web.identity.team);
      app = parts.app;
      await app.start();
      setTimeout(() => void parts.answers.tidy().catch(() => undefined), tidyMs).unref();
    },
    async stop() {
      await app?.stop();
    },
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

function join(web: SlackWeb, host: SharedHost, options: SlackOptions) {
  const { client, identity } = web;
  const { log, clock, pace } = options;
  const posting = createPosting({
    client,
    log,
    signal: host.ending,
    intervalMs: pace.postMs,
    backoffMs,
    customise: mayCustomise(identity),
    clock,
    failed: host.failed,
  });
  const threads = createThreads(host.records('threads'));
  const whisper = createWhisper(client, log);
  const people = createPeople({ client, log, groups: options.groups, clock });
  const channels = createChannels(client, clock);
  const files = createSlackFiles(host.attachments, { token: web.token, apiUrl: options.apiUrl });
  const refusals = createRefusals(host.records('refused'));
  const hear = createHear({ host, identity, people, channels, threads, files, whisper, refusals, log });
  const { commandPrefix, now } = options;
  const interactive = createInteractive({
    host,
    client,
    identity,
    hear,
    people,
    channels,
    threads,
    whisper,
    commandPrefix,
    log,
    now,
  });
  const pacer = createPacer({ intervalMs: pace.editMs, perKeyMs: pace.editOneMs, clock });
  const { apiUrl, transport } = options;
  return {
    app: createApp({ web, apiUrl, transport, log, hear, interactive, failed: host.failed }),
    answers: createAnswers({ client, posting, pacer, threads, whisper, host, clock }),
    earlier: { client, identity, threads, read: hear.read, name: people.name },
  };
}

/** How events come, from the configuration and the environment. Throws a UserError where a token is missing. */
export function transportOf(
  config: { readonly mode: 'socket' | 'http'; readonly port: number; readonly path: string },
  tokens: { readonly appToken: string | null; readonly signingSecret: string | null },
): Transport {
  if (config.mode === 'http') {
    const signingSecret = required(tokens.signingSecret, 'SLACK_SIGNING_SECRET', '"Basic Information"');
    return { mode: 'http', signingSecret, port: config.port, path: config.path };
  }
  return {
    mode: 'socket',
    appToken: required(tokens.appToken, 'SLACK_APP_TOKEN', '"Basic Information"'),
    connections: 2,
  };
}

/** A token that has to be there. */
export function required(value: string | null, variable: string, page: string): string {
  if (value !== null) return value;
  throw new UserError('slack-token-missing', `$${variable} is not set.`, {
    hint: `Copy it from the page ${page} of the Slack app (https://api.slack.com/apps) into the environment.`,
    exit: 2,
  });
}
