import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ChatAdapter, OutboxPart, Receipt, ReplyAddress, SharedHost } from '../adapter.ts';
import { readAddress } from './address.ts';
import { createApp, type SlackApp, type Transport } from './app.ts';
import { createInstallations, type InstallationRecord } from './installations.ts';
import { createInstalled, type Installed } from './installed.ts';
import { installOptions, type OAuth } from './installing.ts';
import { tokenProblem } from './outcome.ts';
import { fixedToken } from './token.ts';
import { openWeb } from './web.ts';
import { createWorkspace, type Pace, type WorkspaceOptions } from './workspace.ts';
import { oneWorkspace, type Workspaces } from './workspaces.ts';

export interface SlackOptions extends Omit<WorkspaceOptions, 'signedOut'> {
  /** Of one workspace; null where all install Tutti themselves. */
  readonly botToken: string | null;
  /** Null where there is one workspace, whose token is known. */
  readonly oauth: OAuth | null;
  readonly transport: Transport;
}

/** One post in a second in a channel, 50 edits in a minute: a little less than that. */
export const slackPace: Pace = { postMs: 1_050, editMs: 1_300, editOneMs: 3_000 };

/** By then, turns that were taken over have shown themselves. */
const tidyMs = 5_000;

export interface SlackAdapter extends ChatAdapter {
  /** Rejects with UserErrors about tokens, scopes and ports. */
  start(host: SharedHost): Promise<void>;
}

/** Slack as a chat surface: one workspace whose token is known, those that installed Tutti, or both. */
export function createSlack(options: SlackOptions): SlackAdapter {
  const opened = Promise.withResolvers<Workspaces>();
  opened.promise.catch(() => undefined);
  let app: SlackApp | null = null;

  return {
    name: 'slack',
    async start(host: SharedHost) {
      const { oauth, apiUrl, transport, log, now } = options;
      const fixed = options.botToken === null ? null : await openFixed(options.botToken, host, options);
      const installed = oauth === null ? null : openInstalled(oauth, fixed, host, options);
      const workspaces = installed ?? fixed;
      if (workspaces === null) throw noToken();
      opened.resolve(workspaces);
      // Refresh tokens serve once: the processes on this data directory must not both be this app.
      if (oauth !== null) await host.opened(oauth.clientId);
      for (const { team } of fixed?.all() ?? []) await host.opened(team);
      await installed?.open();
      const install =
        oauth === null || installed === null ? null : installOptions({ oauth, apiUrl, host, installed, log, now });
      app = createApp({ workspaces, apiUrl, transport, install, log, failed: host.failed });
      await app.start();
      setTimeout(() => {
        for (const workspace of workspaces.all()) void workspace.tidy().catch(() => undefined);
      }, tidyMs).unref();
    },
    async stop() {
      await app?.stop();
    },
    reply(to) {
      const { team } = readAddress(to);
      return {
        progress: (event) =>
          void opened.promise.then(
            (workspaces) => workspaces.of(team)?.reply(to).progress(event),
            () => undefined,
          ),
        post: async (part) => deliver(part, to, await opened.promise, options.log),
      };
    },
    async earlier(message) {
      const workspace = (await opened.promise).of(readAddress(message.replyTo).team);
      return workspace === null ? null : workspace.earlier(message);
    },
  };
}

/** Rejects while Slack does not let Tutti in there: it is delivered when it does. What nobody can be told is dropped. */
async function deliver(part: OutboxPart, to: ReplyAddress, workspaces: Workspaces, log: Log): Promise<Receipt> {
  const { team } = readAddress(to);
  try {
    const workspace = workspaces.of(team);
    if (workspace === null) throw new Error('Slack does not let Tutti into this workspace.');
    return await workspace.reply(to).post(part);
  } catch (error) {
    if (await workspaces.has(team)) throw error;
    // The history has it.
    log.warn('an answer was not delivered: Tutti is not in this workspace of Slack any more', { workspace: team });
    return { platformId: null };
  }
}

async function openFixed(botToken: string, host: SharedHost, options: SlackOptions): Promise<Workspaces> {
  const { apiUrl, log } = options;
  const signedOut = (code: string) => tokenProblem(code, 'SLACK_BOT_TOKEN');
  const web = await openWeb({ token: fixedToken(botToken), apiUrl, log, signedOut });
  return oneWorkspace(createWorkspace(web, host, { ...options, signedOut }), options.now().getTime(), host);
}

function openInstalled(
  { clientId, clientSecret, secretKey, allowed }: OAuth,
  fixed: Workspaces | null,
  host: SharedHost,
  options: SlackOptions,
): Installed {
  if (allowed.length === 0) {
    options.log.warn(
      'any workspace whose people reach the install page may install Tutti, and rules of access without users or channels hold there too; name those that may in surfaces.slack.workspaces',
    );
  }
  const installations = createInstallations(host.records<InstallationRecord>('installations'), secretKey);
  return createInstalled({ ...options, host, installations, clientId, clientSecret, allowed, fixed });
}

/** How workspaces install Tutti, from the configuration and the environment; null where they do not. Throws UserErrors. */
export function oauthOf(
  config: { readonly port: number; readonly workspaces: readonly string[] },
  variables: {
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly secretKey: string | null;
  },
): OAuth | null {
  const { clientId, clientSecret, secretKey } = variables;
  if (clientId === null && clientSecret === null) return null;
  if (secretKey === null) {
    throw new UserError('slack-secret-key', '$TUTTI_SECRET_KEY is not set, and seals the tokens of workspaces.', {
      hint: 'Make one with "openssl rand -base64 32", keep it, and set it at every start. Without it the tokens that are kept stay closed; nothing was changed.',
      exit: 2,
    });
  }
  return {
    clientId: required(clientId, 'SLACK_CLIENT_ID', '"Basic Information"'),
    clientSecret: required(clientSecret, 'SLACK_CLIENT_SECRET', '"Basic Information"'),
    secretKey,
    port: config.port,
    allowed: config.workspaces,
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
function required(value: string | null, variable: string, page: string): string {
  if (value !== null) return value;
  throw new UserError('slack-token-missing', `$${variable} is not set.`, {
    hint: `Copy it from the page ${page} of the Slack app (https://api.slack.com/apps) into the environment.`,
    exit: 2,
  });
}

function noToken(): UserError {
  return new UserError('slack-token-missing', '$SLACK_BOT_TOKEN is not set.', {
    hint: 'Copy it from the page "OAuth & Permissions" of the Slack app (https://api.slack.com/apps) into the environment. For several workspaces, set $SLACK_CLIENT_ID, $SLACK_CLIENT_SECRET and $TUTTI_SECRET_KEY instead.',
    exit: 2,
  });
}
