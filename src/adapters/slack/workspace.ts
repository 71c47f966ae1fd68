import { messageOf, type UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Earlier, InboundMessage, Reply, ReplyAddress, SharedHost } from '../adapter.ts';
import { createPacer } from '../pacer.ts';
import { createRefusals } from '../refusals.ts';
import { createThreads } from '../threads.ts';
import { readAddress } from './address.ts';
import { createAnswers } from './answers.ts';
import { createChannels } from './channels.ts';
import { readEarlier } from './earlier.ts';
import { createSlackFiles } from './files.ts';
import { createHear, type Hear } from './hear.ts';
import { createInteractive, type Interactive } from './interactive.ts';
import { createPeople } from './people.ts';
import { createPosting } from './posting.ts';
import { mayCustomise, type SlackWeb } from './web.ts';
import { createWhisper } from './whisper.ts';

/** How fast Slack may be spoken to, in milliseconds. */
export interface Pace {
  /** Between two posts in a channel. */
  readonly postMs: number;
  /** Between two edits, whatever they are of. */
  readonly editMs: number;
  /** Between two edits of one message. */
  readonly editOneMs: number;
}

export interface WorkspaceOptions {
  /** Null: Slack itself. */
  readonly apiUrl: string | null;
  readonly commandPrefix: string;
  /** Whether access rules speak of user groups. */
  readonly groups: boolean;
  readonly log: Log;
  readonly pace: Pace;
  /** What is to be said when Slack does not accept the token any more, for Slack's reason. */
  signedOut(code: string): UserError;
  now(): Date;
  /** Monotonic milliseconds. */
  clock(): number;
}

/** One workspace that Tutti hears and speaks in. */
export interface Workspace {
  readonly team: string;
  readonly hear: Pick<Hear, 'message'>;
  readonly interactive: Interactive;
  reply(to: ReplyAddress): Reply;
  earlier(message: InboundMessage): Promise<Earlier | null>;
  /** Closes statuses that a dead process left open, once it is clear which turns go on. */
  tidy(): Promise<void>;
  /** Nothing can be said there any more: what waits to be posted is rejected. */
  end(): void;
  /** Stops all that runs for it: nobody is there any more to be answered. */
  stop(): Promise<void>;
}

const backoffMs = [500, 1000, 2000, 5000, 10_000];

export function createWorkspace(web: SlackWeb, shared: SharedHost, options: WorkspaceOptions): Workspace {
  const { client, identity } = web;
  const { log, clock, pace } = options;
  const ended = new AbortController();
  const host: SharedHost = { ...shared, ending: AbortSignal.any([shared.ending, ended.signal]) };
  const posting = createPosting({
    client,
    log,
    signal: host.ending,
    intervalMs: pace.postMs,
    backoffMs,
    customise: mayCustomise(identity),
    clock,
    signedOut: options.signedOut,
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
  const common = { host, client, identity, people, channels, threads, whisper, commandPrefix, log, now };
  const pacer = createPacer({ intervalMs: pace.editMs, perKeyMs: pace.editOneMs, clock });
  const answers = createAnswers({ client, team: identity.team, posting, pacer, threads, whisper, host, clock });

  return {
    team: identity.team,
    hear,
    interactive: createInteractive({ ...common, hear }),
    reply: answers.reply,
    earlier: (message) =>
      readEarlier(readAddress(message.replyTo), { client, identity, threads, read: hear.read, name: people.name }),
    tidy: answers.tidy,
    end: () => ended.abort(),
    async stop() {
      const by = 'the removal of Tutti from the workspace';
      await Promise.all(
        answers.running().map((id) =>
          host.revise({ surface: 'slack', id, text: null, by }).catch((error: unknown) => {
            log.info('a question could not be stopped', { message: id, reason: messageOf(error) });
          }),
        ),
      );
    },
  };
}
